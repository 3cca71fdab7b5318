package dev.mlctl.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight decimal digits in a long, the first in the lowest byte, handled all at once. A digit is a
 * byte of 0 to 9, in ASCII {@link #ASCII} more.
 *
 * <p>To read, neighbours are joined to pairs, pairs to fours and fours to eight, each by one
 * multiplication for all (Daniel Lemire, "Number parsing at a gigabyte per second", 2021). To
 * write, the same is undone, with divisions by 10000, 100 and 10 as multiplications.
 */
final class EightDigits {
  /** Eight times {@code '0'}; with exclusive or, it makes digits of ASCII and ASCII of digits. */
  static final long ASCII = 0x3030303030303030L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long POINTS = LOW_BITS * ('.' ^ '0');

  private EightDigits() {}

  /** Eight bytes, in ASCII if they were. */
  static long get(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Puts eight bytes as they are. */
  static void put(long eight, byte[] bytes, int at) {
    LONGS.set(bytes, at, eight);
  }

  /** Not 0 when a byte is no digit. */
  static long notDigits(long digits) {
    return (digits | (digits + LOW_BITS * (0x7f - 9))) & HIGH_BITS;
  }

  /** Bit 7 of the first byte that was a point in ASCII; 0 when there is none. */
  static long point(long digits) {
    long others = digits ^ POINTS;
    long found = (others - LOW_BITS) & ~others & HIGH_BITS; // after the first one not exact
    return found & -found;
  }

  /** How many bytes follow the one whose bit 7 is set. */
  static int after(long bit7) {
    return Long.numberOfLeadingZeros(bit7) >>> 3;
  }

  /** Takes out the byte whose bit 7 is given: those before it move up, and 0 moves in. */
  static long without(long bit7, long digits) {
    return (digits & -(bit7 << 1)) | (digits & ((bit7 >>> 7) - 1)) << 8;
  }

  /** The value of eight digits, 0 to 99999999. */
  static long value(long digits) {
    long pairs = digits * 10 + (digits >>> 8); // in the bytes 0, 2, 4 and 6
    long odd = (pairs & 0x000000ff000000ffL) * (100 + (1_000_000L << 32));
    long even = ((pairs >>> 16) & 0x000000ff000000ffL) * (1 + (10_000L << 32));
    return (odd + even) >>> 32;
  }

  /** The digits of a value below 100000000. */
  static long of(long value) {
    long high4 = value / 10_000;
    long fours = high4 | (value - high4 * 10_000) << 32;
    long hundreds = ((fours * 10_486) >>> 20) & 0x7f0000007fL;
    long twos = hundreds | (fours - hundreds * 100) << 16;
    long tens = ((twos * 103) >>> 10) & 0x000f000f000f000fL;
    return tens | (twos - tens * 10) << 8;
  }
}
