package dev.mlctl.score;

/**
 * Doubles as text: {@link Double#toString}, which reads back as the same double. The one place that
 * prints numbers, so that a faster way to the same text changes nothing else.
 */
final class NumberText {
  private NumberText() {}

  static void put(double value, Bytes out) {
    out.putAscii(Double.toString(value));
  }
}
