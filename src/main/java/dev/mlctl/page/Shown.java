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
      return signed(String.format(Locale.ROOT, size < 10_000 ? "%.0f" : "%,.0f", size), value);
    }
    if (size < 0.0001 || size >= 1e9) {
      return String.format(Locale.ROOT, "%.3g", value).replace("-", "−");
    }
    String form =
        size < 10
            ? "%.4f"
            : size < 100 ? "%.3f" : size < 1000 ? "%.2f" : size < 10_000 ? "%.1f" : "%,.1f";
    return signed(String.format(Locale.ROOT, form, size), value);
  }

  /** The same without zeros at its end, for running text. */
  public static String brief(double value) {
    String text = number(value);
    return text.matches("[^e]*\\.\\d*0") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** A count with thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** How many of something there are: {@code 1 row}, {@code 1,024 rows}. */
  public static String count(long value, String one) {
    return count(value) + " " + one + (value == 1 ? "" : "s");
  }

  /** A share between 0 and 1 in per cent. */
  public static String share(double share) {
    if (Double.isNaN(share)) {
      return "–";
    }
    double percent = 100 * share;
    if (percent > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    boolean whole = percent == Math.rint(percent) || percent >= 99.95;
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
  }

  /** A coordinate of a drawing, to a tenth. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    String plain = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return plain.equals("-0") ? "0" : plain;
  }

  private static String signed(String digits, double value) {
    return value < 0 ? "−" + digits : digits;
  }
}
