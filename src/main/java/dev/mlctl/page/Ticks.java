package dev.mlctl.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers
 * for graph labels", Graphics Gems, 1990).
 *
 * @param step the distance between two of them
 * @param first the first, in steps
 * @param count how many
 */
record Ticks(double step, long first, int count) {
  private static final String[] UNITS = {"", "k", "M", "G", "T"};

  /** Forgives what 0.1 + 0.2 makes. */
  private static final double SLACK = 1e-9;

  /**
   * The round numbers between two values.
   *
   * @param high above low
   * @param most how many intervals there may be
   */
  static Ticks within(double low, double high, int most) {
    double step = step(high - low, most);
    long first = (long) Math.ceil(low / step - SLACK);
    long last = (long) Math.floor(high / step + SLACK);
    return new Ticks(step, first, (int) Math.max(0, last - first + 1));
  }

  /** The round numbers from the last one at or below low to the first at or above high. */
  static Ticks around(double low, double high, int most) {
    double step = step(high - low, most);
    long first = (long) Math.floor(low / step + SLACK);
    long last = (long) Math.ceil(high / step - SLACK);
    return new Ticks(step, first, (int) (last - first + 1));
  }

  private static double step(double span, int most) {
    double raw = span / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= raw * (1 - SLACK)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  double[] values() {
    return LongStream.range(first, first + count).mapToDouble(i -> i * step).toArray();
  }

  double low() {
    return first * step;
  }

  double high() {
    return (first + count - 1) * step;
  }

  /** One label for each, all with the same unit and the same number of decimals. */
  String[] labels() {
    double largest = Math.max(Math.abs(low()), Math.abs(high()));
    if (largest >= 1e15 || (largest > 0 && largest < 1e-4)) {
      double digits = Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + SLACK);
      String form = "%." + (int) Math.max(0, digits) + "e";
      return Arrays.stream(values()).mapToObj(v -> label(form, v)).toArray(String[]::new);
    }
    int thousands = 0;
    while (largest >= (thousands == 0 ? 10_000 : 1000) && thousands < UNITS.length - 1) {
      largest /= 1000;
      thousands++;
    }
    double unit = Math.pow(1000, thousands);
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step / unit) + SLACK));
    String form = "%." + decimals + "f";
    String suffix = UNITS[thousands];
    return Arrays.stream(values())
        .mapToObj(v -> label(form, v / unit) + (v == 0 ? "" : suffix))
        .toArray(String[]::new);
  }

  private static String label(String form, double value) {
    String digits = String.format(Locale.ROOT, form, Math.abs(value));
    return value < 0 ? "−" + digits : digits;
  }
}
