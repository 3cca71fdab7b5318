package dev.mlctl.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sketches of a profile's columns, features before outputs, as they are stored; a column's are
 * decoded when they are asked for. No verdict depends on them. Immutable.
 */
public final class Sketches {
  /** No sketches, as of a profile that was recorded without. */
  public static final Sketches NONE = new Sketches(List.of(), 0);

  /** Merging waits for so many, since each time the sum is decoded and encoded again. */
  private static final int MOST_PIECES = 8;

  /** Each with all columns; they stand for what they come to when merged in this order. */
  private final List<byte[]> pieces;

  /** How many columns there are; known where there are several pieces. */
  private final int columns;

  private Sketches(List<byte[]> pieces, int columns) {
    this.pieces = pieces;
    this.columns = columns;
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  static Sketches of(List<ColumnSketch> columns) {
    ByteWriter all = new ByteWriter();
    for (ColumnSketch column : columns) {
      ByteWriter one = new ByteWriter();
      column.write(one);
      all.block(one.toArray());
    }
    return stored(all.toArray());
  }

  static Sketches stored(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Sketches(List.of(bytes), 0);
  }

  byte[] bytes() {
    return isEmpty() ? new byte[0] : merged().clone();
  }

  /** As one piece. */
  private byte[] merged() {
    return pieces.size() == 1 ? pieces.get(0) : of(Arrays.asList(columns(columns))).pieces.get(0);
  }

  /**
   * The sketches of a column, a copy of them that may be changed.
   *
   * @throws IllegalArgumentException when they cannot be read
   */
  ColumnSketch column(int column) {
    ColumnSketch sketch = null;
    for (byte[] piece : pieces) {
      ByteScan in = new ByteScan(piece);
      for (int c = 0; c < column; c++) {
        in.skipBlock();
      }
      sketch = merged(sketch, in);
    }
    return sketch == null ? new ColumnSketch() : sketch;
  }

  /**
   * All columns' sketches, to be changed.
   *
   * @throws IllegalArgumentException when they cannot be read, or are not of so many columns
   */
  ColumnSketch[] columns(int columns) {
    ColumnSketch[] all = new ColumnSketch[columns];
    for (byte[] piece : pieces) {
      ByteScan in = new ByteScan(piece);
      for (int c = 0; c < columns; c++) {
        all[c] = merged(all[c], in);
      }
      in.end();
    }
    Arrays.setAll(all, c -> all[c] == null ? new ColumnSketch() : all[c]);
    return all;
  }

  /** A sketch with the one that comes next merged into it; null stands for none so far. */
  private static ColumnSketch merged(ColumnSketch sketch, ByteScan in) {
    ByteScan one = new ByteScan(in.block());
    ColumnSketch next = ColumnSketch.read(one);
    one.end();
    if (sketch == null) {
      return next;
    }
    sketch.merge(next);
    return sketch;
  }

  /** Both together; those of a profile without any are as if nothing had been seen. */
  Sketches merge(Sketches other, int columns) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    List<byte[]> both = new ArrayList<>(pieces);
    both.addAll(other.pieces);
    Sketches sum = new Sketches(both, columns);
    return both.size() > MOST_PIECES ? stored(sum.merged()) : sum;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Sketches s && Arrays.equals(bytes(), s.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "Sketches[" + bytes().length + " bytes]";
  }
}
