package dev.mlctl.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.nio.charset.StandardCharsets;

/**
 * Decimal text to double, correctly rounded, from bytes.
 *
 * <p>Grammar: optional sign, digits with an optional point (at least one digit), optional exponent;
 * ASCII spaces around it are ignored. "NaN", "Infinity", hexadecimal and type suffixes are not
 * numbers. Up to 18 digits whose mantissa is at most 2^53 and whose power of ten is at most 22 are
 * exact with one multiplication or division (Clinger, "How to read floating point numbers
 * accurately", 1990); everything else goes to FastDoubleParser.
 */
public final class Numbers {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long MAX_EXACT = 1L << 53;

  private Numbers() {}

  /**
   * A number whose digits have been read.
   *
   * @param mantissa all digits, the point left out
   * @param digits how many there are
   * @param scale how many of them stand after the point
   * @return NaN when there are none, or too many to be sure of the rounding
   */
  static double of(boolean negative, long mantissa, int digits, int scale) {
    if (digits == 0 || digits > 18 || mantissa > MAX_EXACT) {
      return Double.NaN;
    }
    double value = mantissa / POWERS_OF_TEN[scale];
    return negative ? -value : value;
  }

  /**
   * Parses a number.
   *
   * @return a finite double, or NaN when the bytes are not a decimal number or it overflows
   */
  public static double parse(byte[] bytes, int start, int end) {
    int p = start;
    boolean negative = false;
    if (p < end && (bytes[p] == '-' || bytes[p] == '+')) {
      negative = bytes[p] == '-';
      p++;
    }
    int first = p;
    int point = -1;
    long mantissa = 0;
    for (; p < end; p++) {
      int d = bytes[p] - '0';
      if (d >= 0 && d <= 9) {
        mantissa = mantissa * 10 + d;
      } else if (d == '.' - '0' && point < 0) {
        point = p;
      } else {
        return parseSlowly(bytes, start, end);
      }
    }
    int digits = end - first - (point < 0 ? 0 : 1);
    int scale = point < 0 ? 0 : end - point - 1;
    double value = of(negative, mantissa, digits, scale);
    return Double.isNaN(value) ? parseSlowly(bytes, start, end) : value;
  }

  /** Parses a whole text; see {@link #parse(byte[], int, int)}. */
  public static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
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
