package dev.mlctl.format;

/** Whole numbers in groups of seven bits, least significant first; the zigzag form has a sign. */
final class Varints {
  private Varints() {}

  /**
   * Reads an unsigned number of at most 32 bits.
   *
   * @throws IllegalArgumentException when it is longer or the bytes end before
   */
  static int readInt(byte[] bytes, int at, int end) {
    long value = readLong(bytes, at, end);
    if (value >>> 32 != 0) {
      throw new IllegalArgumentException("a number of more than 32 bits");
    }
    return (int) value;
  }

  /**
   * Reads an unsigned number of at most 64 bits.
   *
   * @throws IllegalArgumentException when it is longer or the bytes end before
   */
  static long readLong(byte[] bytes, int at, int end) {
    long value = 0;
    for (int p = at, shift = 0; p < end && shift < 64; p++, shift += 7) {
      value |= (long) (bytes[p] & 0x7F) << shift;
      if (bytes[p] >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  /** How many bytes a number that was read takes. */
  static int length(byte[] bytes, int at) {
    int p = at;
    while (bytes[p] < 0) {
      p++;
    }
    return p + 1 - at;
  }

  /** The signed number behind a zigzag one. */
  static long signed(long zigzag) {
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
}
