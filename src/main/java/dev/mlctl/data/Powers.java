package dev.mlctl.data;

import java.math.BigInteger;

/**
 * Powers of ten as 126 bits and what the Schubfach algorithm does with them; see {@link
 * NumberText}.
 *
 * <p>For 10^n = β 2^r with 2^125 ≤ β < 2^126 the table holds g = floor(β) + 1, as its upper and its
 * lower 63 bits. The 617 of them are computed when the class is loaded, which takes 6 milliseconds.
 */
final class Powers {
  private static final int MIN = -292;
  private static final int MAX = 324;
  private static final int BITS = 126;
  private static final long LOW_63 = Long.MAX_VALUE;

  private static final long[] HIGH = new long[MAX - MIN + 1];
  private static final long[] LOW = new long[MAX - MIN + 1];

  static {
    BigInteger power = BigInteger.ONE;
    for (int n = 0; n <= MAX; n++) {
      put(n, power.shiftLeft(BITS).shiftRight(power.bitLength()));
      if (n > 0 && -n >= MIN) {
        BigInteger inverse = BigInteger.ONE.shiftLeft(power.bitLength() + BITS).divide(power);
        put(-n, inverse.shiftRight(inverse.bitLength() - BITS));
      }
      power = power.multiply(BigInteger.TEN);
    }
  }

  private Powers() {}

  private static void put(int n, BigInteger floor) {
    BigInteger g = floor.add(BigInteger.ONE);
    HIGH[n - MIN] = g.shiftRight(63).longValue();
    LOW[n - MIN] = g.longValue() & LOW_63;
  }

  /** The upper 63 bits of g for 10^n, n from −292 to 324. */
  static long high(int n) {
    return HIGH[n - MIN];
  }

  /** The lower 63 bits of g for 10^n. */
  static long low(int n) {
    return LOW[n - MIN];
  }

  /** {@code c g / 2^127} rounded down to an integer, its last bit set if that was not exact. */
  static long timesOdd(long high, long low, long c) {
    long fromLow = Math.multiplyHigh(low, c);
    long fraction = ((high * c) >>> 1) + fromLow;
    long whole = Math.multiplyHigh(high, c) + (fraction >>> 63);
    return whole | ((fraction & LOW_63) + LOW_63) >>> 63;
  }

  /**
   * A number over a power of ten, rounded to the nearest double; NaN where 126 bits of the power
   * are not enough to tell, about once in 2^60 numbers, and where the quotient is exact or half
   * way.
   *
   * @param scale the power, 1 to 292
   */
  static double divide(long number, int scale) {
    int shift = Long.numberOfLeadingZeros(number) - 1;
    long c = number << shift;
    long high = high(-scale);
    long fraction = ((high * c) >>> 1) + Math.multiplyHigh(low(-scale), c);
    long whole = Math.multiplyHigh(high, c) + (fraction >>> 63); // c g / 2^127, of 61 or 62 bits
    // In 2^-63 the fraction may be 2 too small, or 1 too great because g is.
    if (((fraction + 2) & LOW_63) <= 2) {
      return Double.NaN;
    }
    int short1 = Long.numberOfLeadingZeros(whole) - 2;
    long significand = ((whole >>> (8 - short1)) + 1) >>> 1;
    int exponent = 11 - short1 + floorLog2Pow10(-scale) - shift;
    return Double.longBitsToDouble(significand + ((exponent + 1074L) << 52));
  }

  /** floor(log10(2^q)). */
  static int floorLog10Pow2(int q) {
    return (int) ((q * 661_971_961_083L) >> 41);
  }

  /** floor(log10(3/4 2^q)). */
  static int floorLog10ThreeQuartersPow2(int q) {
    return (int) ((q * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** floor(log2(10^n)). */
  static int floorLog2Pow10(int n) {
    return (int) ((n * 913_124_641_741L) >> 38);
  }
}
