package dev.mlctl.data;

import java.util.Arrays;
import java.util.List;

/**
 * The sketches of a profile's columns, features before outputs, as they are stored; a column's are
 * decoded when they are asked for. No verdict depends on them. Immutable.
 */
public final class Sketches {
  /** No sketches, as of a profile that was recorded without. */
  public static final Sketches NONE = new Sketches(new byte[0]);

  private final byte[] bytes;

  private Sketches(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  static Sketches of(List<ColumnSketch> columns) {
    ByteWriter all = new ByteWriter();
    for (ColumnSketch column : columns) {
      ByteWriter one = new ByteWriter();
      column.write(one);
      all.block(one.toArray());
    }
    return new Sketches(all.toArray());
  }

  static Sketches stored(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Sketches(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The sketches of a column, a copy of them that may be changed.
   *
   * @throws IllegalArgumentException when they cannot be read
   */
  ColumnSketch column(int column) {
    if (isEmpty()) {
      return new ColumnSketch();
    }
    ByteScan in = new ByteScan(bytes);
    for (int c = 0; c < column; c++) {
      in.skipBlock();
    }
    ByteScan one = new ByteScan(in.block());
    ColumnSketch sketch = ColumnSketch.read(one);
    one.end();
    return sketch;
  }

  /**
   * All columns' sketches, to be changed.
   *
   * @throws IllegalArgumentException when they cannot be read, or are not of so many columns
   */
  ColumnSketch[] columns(int columns) {
    ColumnSketch[] all = new ColumnSketch[columns];
    ByteScan in = new ByteScan(bytes);
    for (int c = 0; c < columns; c++) {
      ByteScan one = new ByteScan(isEmpty() ? new byte[1] : in.block());
      all[c] = ColumnSketch.read(one);
      one.end();
    }
    in.end();
    return all;
  }

  /** Both together; those of a profile without any are as if nothing had been seen. */
  Sketches merge(Sketches other, int columns) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    ColumnSketch[] merged = columns(columns);
    ColumnSketch[] more = other.columns(columns);
    for (int c = 0; c < columns; c++) {
      merged[c].merge(more[c]);
    }
    return of(Arrays.asList(merged));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Sketches s && Arrays.equals(bytes, s.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sketches[" + bytes.length + " bytes]";
  }
}
