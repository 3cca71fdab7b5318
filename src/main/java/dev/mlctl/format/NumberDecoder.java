package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.format.NumberColumn.Numbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Type;

/** Turns the bytes of numbers into longs or doubles. Immutable. */
final class NumberDecoder {
  private final Type physical;
  private final Holding holding;
  private final int width;
  private final boolean unsigned;

  NumberDecoder(Type physical, ColumnType type) {
    this.physical = physical;
    this.holding = type.holding();
    this.unsigned = type.meaning() == Meaning.UNSIGNED;
    this.width =
        switch (physical) {
          case INT64, DOUBLE -> 8;
          case INT32, FLOAT -> 4;
          case FIXED_LEN_BYTE_ARRAY -> 2;
          default -> 0;
        };
  }

  /** Longs or doubles. */
  Holding holding() {
    return holding;
  }

  /** Bytes of a value, 0 for booleans. */
  int width() {
    return width;
  }

  boolean isBoolean() {
    return physical == Type.BOOLEAN;
  }

  boolean isWhole() {
    return physical == Type.INT32 || physical == Type.INT64;
  }

  /** A 32-bit number as the column means it; 64-bit ones stay as they are. */
  long narrow(long value) {
    return physical == Type.INT64 ? value : unsigned ? value & 0xFFFFFFFFL : (int) value;
  }

  /**
   * Reads values that stand one after another.
   *
   * @param start where the first of all values is
   * @param end where the bytes end
   * @param skip how many values were read before
   * @throws IllegalArgumentException when there are fewer
   */
  void plain(byte[] bytes, int start, int end, int skip, Numbers into, int at, int count) {
    long from = start + (isBoolean() ? 0 : (long) skip * width);
    long size = isBoolean() ? (skip + (long) count + 7) / 8 : (long) count * width;
    if (from + size > end) {
      throw new IllegalArgumentException("fewer values than levels");
    }
    int p = (int) from;
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes, p, Math.max(0, end - p)).order(ByteOrder.LITTLE_ENDIAN);
    switch (physical) {
      case INT64 -> buffer.asLongBuffer().get(into.longs(), at, count);
      case DOUBLE -> buffer.asDoubleBuffer().get(into.doubles(), at, count);
      case INT32 -> {
        for (int i = 0; i < count; i++, p += 4) {
          into.longs()[at + i] = narrow(LittleEndian.getInt(bytes, p));
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++, p += 4) {
          into.doubles()[at + i] = LittleEndian.getFloat(bytes, p);
        }
      }
      case BOOLEAN -> {
        for (int i = 0; i < count; i++) {
          int bit = skip + i;
          into.longs()[at + i] = bytes[start + (bit >> 3)] >> (bit & 7) & 1;
        }
      }
      default -> {
        for (int i = 0; i < count; i++, p += 2) {
          into.doubles()[at + i] = LittleEndian.getHalf(bytes, p);
        }
      }
    }
  }

  /** Reads values whose first bytes stand together, then their second ones, and so on. */
  void split(byte[] bytes, int start, int end, int skip, Numbers into, int at, int count) {
    int values = (end - start) / width;
    if (skip + count > values) {
      throw new IllegalArgumentException("fewer values than levels");
    }
    byte[] value = new byte[8];
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < width; b++) {
        value[b] = bytes[start + b * values + skip + i];
      }
      plain(value, 0, width, 0, into, at + i, 1);
    }
  }
}
