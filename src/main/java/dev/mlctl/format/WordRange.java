package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Meaning;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * The least and the greatest word of a row group, in the order of their type: parquet.thrift of
 * apache/parquet-format, "ColumnOrder". NaN is passed over, and zero gets both signs.
 */
final class WordRange {
  private final Type physical;
  private final boolean unsigned;
  private boolean empty = true;
  private long min;
  private long max;
  private double least;
  private double greatest;

  WordRange(Type physical, ColumnType type) {
    this.physical = physical;
    this.unsigned = type.meaning() == Meaning.UNSIGNED;
  }

  void clear() {
    empty = true;
  }

  void add(long[] words, int from, int to) {
    if (physical == Type.DOUBLE || physical == Type.FLOAT) {
      for (int i = from; i < to; i++) {
        addNumber(
            physical == Type.DOUBLE
                ? Double.longBitsToDouble(words[i])
                : Float.intBitsToFloat((int) words[i]));
      }
      return;
    }
    long flip = unsigned ? Long.MIN_VALUE : 0; // makes signed comparison an unsigned one
    for (int i = from; i < to; i++) {
      long word = words[i] ^ flip;
      min = empty || word < min ? word : min;
      max = empty || word > max ? word : max;
      empty = false;
    }
  }

  private void addNumber(double value) {
    if (!Double.isNaN(value)) {
      least = empty || value < least ? value : least;
      greatest = empty || value > greatest ? value : greatest;
      empty = false;
    }
  }

  void putInto(Statistics into, int width) {
    if (!empty) {
      into.setMin_value(bytes(least == 0 ? -0.0 : least, min, width));
      into.setMax_value(bytes(greatest == 0 ? 0.0 : greatest, max, width));
    }
  }

  private byte[] bytes(double number, long word, int width) {
    GrowingBytes bytes = new GrowingBytes();
    switch (physical) {
      case DOUBLE -> bytes.putLittleEndian(Double.doubleToRawLongBits(number), width);
      case FLOAT -> bytes.putLittleEndian(Float.floatToRawIntBits((float) number), width);
      default -> bytes.putLittleEndian(unsigned ? word ^ Long.MIN_VALUE : word, width);
    }
    return bytes.toArray();
  }
}
