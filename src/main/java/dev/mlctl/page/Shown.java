package dev.mlctl.page;

import java.util.Locale;

/** Numbers as a page shows them, alike in every locale. */
public final class Shown {
  private Shown() {}

  /** A value with about four significant digits; whole numbers as they are. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e9) {
      return signed(size < 10_000 ? fixed(size, 0) : count((long) size), value);
    }
    if (size < 0.0001 || size >= 1e9) {
      return String.format(Locale.ROOT, "%.3g", value).replace("-", "−");
    }
    int decimals = size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1;
    return signed(fixed(size, decimals), value);
  }

  /** The same without zeros at its end, for running text. */
  public static String brief(double value) {
    String text = number(value);
    return text.matches("[^e]*\\.\\d*0") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** A count with thousands set apart. */
  public static String count(long value) {
    String digits = Long.toString(value);
    int first = value < 0 ? 1 : 0;
    StringBuilder grouped = new StringBuilder(digits);
    for (int at = digits.length() - 3; at > first; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  /** How many of something there are: {@code 1 row}, {@code 1,024 rows}. */
  public static String count(long value, String one) {
    return count(value) + " " + one + (value == 1 ? "" : "s");
  }

  /** A share between 0 and 1 in per cent. */
  public static String share(double share) {
    if (!Double.isFinite(share)) {
      return number(share);
    }
    double percent = 100 * share;
    if (percent > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    boolean whole = percent == Math.rint(percent) || percent >= 99.95;
    return (whole ? fixed(percent, 0) : fixed(percent, 1)) + " %";
  }

  /** A coordinate of a drawing, to a tenth. */
  static String coordinate(double value) {
    long tenths = Math.round(Math.abs(value) * 10);
    String sign = value < 0 && tenths > 0 ? "-" : "";
    return sign + tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
  }

  /**
   * Digits with so many decimals, and thousands set apart from ten thousand on. A page has many
   * thousand numbers, and {@code String.format} takes ten times as long in a JVM just started.
   *
   * @param size from 0 to a billion
   */
  private static String fixed(double size, int decimals) {
    long unit = decimals == 0 ? 1 : (long) Math.pow(10, decimals);
    long scaled = Math.round(size * (double) unit);
    long whole = scaled / unit;
    String digits = whole < 10_000 ? Long.toString(whole) : count(whole);
    if (decimals == 0) {
      return digits;
    }
    String part = Long.toString(scaled % unit);
    return digits + "." + "0".repeat(decimals - part.length()) + part;
  }

  private static String signed(String digits, double value) {
    return value < 0 ? "−" + digits : digits;
  }
}
