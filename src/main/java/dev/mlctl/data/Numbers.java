package dev.mlctl.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.nio.charset.StandardCharsets;

/**
 * Decimal text to double, correctly rounded, from bytes.
 *
 * <p>Grammar: optional sign, digits with an optional point (at least one digit), optional exponent;
 * ASCII spaces around it are ignored. "NaN", "Infinity", hexadecimal and type suffixes are not
 * numbers.
 *
 * <p>Plain numbers of up to 24 characters are read eight digits at a time, without a branch that
 * depends on the digits or the sign. A mantissa of at most 2^53 with a power of ten of at most 22
 * is exact with one division (Clinger, "How to read floating point numbers accurately", 1990); a
 * longer one is divided with 126 bits ({@link Powers#divide}). What is left goes to
 * FastDoubleParser.
 */
public final class Numbers {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long MAX_EXACT = 1L << 53;

  private Numbers() {}

  /**
   * Parses a number.
   *
   * @return a finite double, or NaN when the bytes are not a decimal number or it overflows
   */
  public static double parse(byte[] bytes, int start, int end) {
    if (start == end) {
      return Double.NaN;
    }
    int other = bytes[start] ^ '-';
    int sign = 1 - ((other | -other) >>> 31); // 1 for minus, and no branch to guess wrong
    int length = end - start - sign;
    if (((length - 1) & -8) == 0 && end >= 8) {
      return parse8(bytes, start, end, sign);
    }
    if (length > 8 && length <= 24 && end >= 24) {
      return parse24(bytes, start, end, sign);
    }
    return parseSlowly(bytes, start, end);
  }

  /** Parses a whole text; see {@link #parse(byte[], int, int)}. */
  public static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** Parses up to 8 characters without the sign; the digits are moved to the end of a long. */
  private static double parse8(byte[] bytes, int start, int end, int sign) {
    int length = end - start - sign;
    long digits = keepLast(length, EightDigits.get(bytes, end - 8) ^ EightDigits.ASCII);
    long point = EightDigits.point(digits);
    int scale = 0;
    if (point != 0) {
      scale = EightDigits.after(point);
      digits = EightDigits.without(point, digits);
    }
    if (EightDigits.notDigits(digits) != 0 || (point != 0 && length == 1)) {
      return parseSlowly(bytes, start, end);
    }
    return signed(sign, EightDigits.value(digits) / POWERS_OF_TEN[scale]);
  }

  /** Parses 9 to 24 characters without the sign, in three longs; the point may be in any. */
  private static double parse24(byte[] bytes, int start, int end, int sign) {
    int length = end - start - sign;
    long last = EightDigits.get(bytes, end - 8) ^ EightDigits.ASCII;
    long middle = EightDigits.get(bytes, end - 16) ^ EightDigits.ASCII;
    long first = 0;
    if (length > 16) {
      first = keepLast(length - 16, EightDigits.get(bytes, end - 24) ^ EightDigits.ASCII);
    } else {
      middle = keepLast(length - 8, middle);
    }
    int scale = 0;
    long point = EightDigits.point(last);
    if (point != 0) {
      scale = EightDigits.after(point);
      last = EightDigits.without(point, last) | middle >>> 56;
      middle = middle << 8 | first >>> 56;
      first <<= 8;
    } else if ((point = EightDigits.point(middle)) != 0) {
      scale = 8 + EightDigits.after(point);
      middle = EightDigits.without(point, middle) | first >>> 56;
      first <<= 8;
    } else if ((point = EightDigits.point(first)) != 0) {
      scale = 16 + EightDigits.after(point);
      first = EightDigits.without(point, first);
    }
    long strange =
        EightDigits.notDigits(first) | EightDigits.notDigits(middle) | EightDigits.notDigits(last);
    long head = EightDigits.value(first);
    if (strange != 0 || head >= 922) {
      return parseSlowly(bytes, start, end);
    }
    long mantissa =
        (head * 100_000_000 + EightDigits.value(middle)) * 100_000_000 + EightDigits.value(last);
    double value =
        (mantissa <= MAX_EXACT && scale <= 22) || scale == 0
            ? mantissa / POWERS_OF_TEN[scale]
            : Powers.divide(mantissa, scale);
    return Double.isNaN(value) ? parseSlowly(bytes, start, end) : signed(sign, value);
  }

  /** The last 1 to 8 bytes, with 0 for those before. */
  private static long keepLast(int length, long digits) {
    int others = 64 - 8 * length;
    return digits >>> others << others;
  }

  private static double signed(int sign, double value) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) | (long) sign << 63);
  }

  private static double parseSlowly(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    if (!isDecimal(bytes, start, end)) {
      return Double.NaN;
    }
    double value = JavaDoubleParser.parseDouble(bytes, start, end - start);
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  private static boolean isDecimal(byte[] bytes, int start, int end) {
    int p = start;
    if (p < end && (bytes[p] == '-' || bytes[p] == '+')) {
      p++;
    }
    int whole = skipDigits(bytes, p, end);
    int digits = whole - p;
    p = whole;
    if (p < end && bytes[p] == '.') {
      int fraction = skipDigits(bytes, p + 1, end);
      digits += fraction - p - 1;
      p = fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (p < end && (bytes[p] == 'e' || bytes[p] == 'E')) {
      p++;
      if (p < end && (bytes[p] == '-' || bytes[p] == '+')) {
        p++;
      }
      int exponent = skipDigits(bytes, p, end);
      if (exponent == p) {
        return false;
      }
      p = exponent;
    }
    return p == end;
  }

  private static int skipDigits(byte[] bytes, int from, int end) {
    int p = from;
    while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
      p++;
    }
    return p;
  }
}
