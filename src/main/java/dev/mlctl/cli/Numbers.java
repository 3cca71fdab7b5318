package dev.mlctl.cli;

import java.util.Locale;

/** How numbers look to a person. */
final class Numbers {
  private Numbers() {}

  /** A value with about four significant digits; whole numbers as they are. */
  static String shown(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    double size = Math.abs(value);
    if (size < 0.0001 || size >= 1e9) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return String.format(Locale.ROOT, size < 10 ? "%.4f" : size < 1000 ? "%.2f" : "%.1f", value);
  }

  /** A count with thousands set apart. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count of rows. */
  static String rows(long count) {
    return count == 1 ? "1 row" : count(count) + " rows";
  }

  /** A size in the unit that fits. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
