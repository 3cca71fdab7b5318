package dev.mlctl.data;

import java.nio.charset.StandardCharsets;

/**
 * Doubles to text, straight into bytes: the shortest decimal that reads back as the same double,
 * laid out as {@link Double#toString} lays it out since Java 19, on every Java. (Before 19 that
 * method printed more digits than needed now and then: {@code 1.9999999999999998E23} for {@code
 * 2.0E23}.)
 *
 * <p>Raffaello Giulietti, "The Schubfach way to render doubles", 2020: of the decimals of 16 or 17
 * digits around the double, one of one digit fewer is taken when it lies in the interval that
 * rounds to the double, else the nearer one. His names stand in comments. Stateless.
 */
public final class NumberText {
  /** A number never needs more: {@code -2.2250738585072014E-308} is one of the longest. */
  public static final int MAX_LENGTH = 24;

  /** How many bytes {@link #put} may touch, text and what it scribbles after it. */
  public static final int ROOM = 32;

  private static final int FRACTION_BITS = 52;
  private static final long IMPLICIT_BIT = 1L << FRACTION_BITS;
  private static final int EXPONENT_BIAS = 1075;
  private static final int SPECIAL_EXPONENT = 0x7ff;
  private static final int MIN_EXPONENT = -1074;

  private static final int DIGITS = 17;
  private static final long[] POWERS_OF_TEN = new long[DIGITS + 1];

  private static final long ZERO_POINT_ZEROS = 0x3030303030302e30L;

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private NumberText() {}

  /**
   * Writes a double.
   *
   * @param into has {@link #ROOM} bytes from {@code at} on; those after the text mean nothing
   * @return one past the text's last byte
   */
  public static int put(double value, byte[] into, int at) {
    long bits = Double.doubleToRawLongBits(value);
    into[at] = '-';
    int start = at + (int) (bits >>> 63);
    long fraction = bits & (IMPLICIT_BIT - 1);
    int exponent = (int) (bits >>> FRACTION_BITS) & SPECIAL_EXPONENT;
    if (exponent == SPECIAL_EXPONENT) {
      return putWord(fraction != 0 ? "NaN" : value > 0 ? "Infinity" : "-Infinity", into, at);
    }
    if (exponent > 0) {
      long c = IMPLICIT_BIT | fraction;
      int fractional = EXPONENT_BIAS - exponent;
      if (fractional > 0 && fractional <= FRACTION_BITS && c << (64 - fractional) == 0) {
        return layOut(c >> fractional, 0, into, start);
      }
      return shortest(-fractional, c, 0, into, start);
    }
    if (fraction == 0) {
      return layOut(0, 1, into, start);
    }
    // The two smallest doubles have one digit, and Java prints the nearest of two digits.
    return fraction < 3
        ? shortest(MIN_EXPONENT, fraction * 10, -1, into, start)
        : shortest(MIN_EXPONENT, fraction, 0, into, start);
  }

  private static int putWord(String word, byte[] into, int at) {
    byte[] ascii = word.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, into, at, ascii.length);
    return at + ascii.length;
  }

  /** Writes the decimal for {@code c 2^q 10^scale}, where c is the whole significand. */
  private static int shortest(int q, long c, int scale, byte[] into, int at) {
    boolean narrow = c == IMPLICIT_BIT && q > MIN_EXPONENT; // the double below is twice as near
    int k = narrow ? Powers.floorLog10ThreeQuartersPow2(q) : Powers.floorLog10Pow2(q);
    int h = q + Powers.floorLog2Pow10(-k) + 2;
    long high = Powers.high(-k);
    long low = Powers.low(-k);
    long quadruple = c << 2;
    // The double and its bounds, over 10^k and times 4, with the last bit set when not exact.
    long v = Powers.timesOdd(high, low, quadruple << h); // v_b
    long lower = Powers.timesOdd(high, low, (quadruple - (narrow ? 1 : 2)) << h); // v_bl
    long upper = Powers.timesOdd(high, low, (quadruple + 2) << h); // v_br
    lower += c & 1; // the bounds themselves round to an even double only
    upper -= c & 1;
    return layOut(within(lower, v, upper), k + scale, into, at);
  }

  /**
   * The decimal to write for an interval: a multiple of 10 when just one fits, else a neighbour.
   *
   * @param v four times the double, like its bounds, which belong to the interval
   */
  private static long within(long lower, long v, long upper) {
    long s = v >> 2;
    if (s >= 100) {
      long ten = s / 10 * 10; // s'
      boolean lowerFits = lower <= ten << 2;
      boolean upperFits = (ten + 10) << 2 <= upper;
      if (lowerFits != upperFits) {
        return lowerFits ? ten : ten + 10;
      }
    }
    boolean lowerFits = lower <= s << 2;
    boolean upperFits = (s + 1) << 2 <= upper;
    if (lowerFits != upperFits) {
      return lowerFits ? s : s + 1;
    }
    return v + (s & 1) > (s << 2) + 2 ? s + 1 : s; // the nearer; of two as near the even one
  }

  /** Writes {@code f 10^k}, f of 1 to 17 digits, without its trailing zeros. */
  private static int layOut(long f, int k, byte[] into, int at) {
    int length = ((64 - Long.numberOfLeadingZeros(f)) * 1233) >>> 12; // floor(log10), or one more
    length += f >= POWERS_OF_TEN[length] ? 1 : 0;
    long all = f * POWERS_OF_TEN[DIGITS - length];
    long top = all / 1_000_000_000;
    long rest = all - top * 1_000_000_000;
    long middle = rest / 10;
    long first8 = EightDigits.of(top);
    long next8 = EightDigits.of(middle);
    long last = rest - middle * 10;
    // Masked, since a branch on whether the last digit is zero would be guessed wrong too often.
    int zeros = (int) ((last - 1) >> 63) & (1 + (Long.numberOfLeadingZeros(next8) >>> 3));
    int significant = zeros < 9 ? DIGITS - zeros : 8 - (Long.numberOfLeadingZeros(first8) >>> 3);
    int point = length + k;
    first8 |= EightDigits.ASCII;
    next8 |= EightDigits.ASCII;
    last |= '0';
    if (point > 0 && point <= 7) {
      putWithPoint(first8, next8, last, point, into, at);
      return at + Math.max(significant, point + 1) + 1;
    }
    if (point <= 0 && point > -3) {
      EightDigits.put(ZERO_POINT_ZEROS, into, at);
      putDigits(first8, next8, last, into, at + 2 - point);
      return at + 2 - point + significant;
    }
    putWithPoint(first8, next8, last, 1, into, at);
    return putExponent(point - 1, into, at + Math.max(significant, 2) + 1);
  }

  private static void putDigits(long first8, long next8, long last, byte[] into, int at) {
    EightDigits.put(first8, into, at);
    EightDigits.put(next8, into, at + 8);
    into[at + 16] = (byte) last;
  }

  /** Writes 17 digits with a point after the first 1 to 7 of them. */
  private static void putWithPoint(
      long first8, long next8, long last, int point, byte[] into, int at) {
    int bits = point << 3;
    long before = first8 & ((1L << bits) - 1);
    EightDigits.put(before | ((long) '.' << bits) | ((first8 ^ before) << 8), into, at);
    EightDigits.put(first8 >>> 56 | next8 << 8, into, at + 8);
    EightDigits.put(next8 >>> 56 | last << 8, into, at + 16);
  }

  private static int putExponent(int exponent, byte[] into, int at) {
    into[at] = 'E';
    int p = at + 1;
    int rest = exponent;
    if (rest < 0) {
      into[p++] = '-';
      rest = -rest;
    }
    if (rest >= 100) {
      into[p++] = (byte) ('0' + rest / 100);
      rest %= 100;
      into[p++] = (byte) ('0' + rest / 10);
    } else if (rest >= 10) {
      into[p++] = (byte) ('0' + rest / 10);
    }
    into[p++] = (byte) ('0' + rest % 10);
    return p;
  }
}
