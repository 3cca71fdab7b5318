package dev.mlctl.monitor;

/**
 * From where on a value is a warning and from where on critical; greater is worse.
 *
 * @param warning +∞ for never
 * @param critical +∞ for never
 */
public record Threshold(double warning, double critical) {
  /** For what is only reported. */
  public static final Threshold NONE =
      new Threshold(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** What a value that is no accident comes to; NaN is OK. */
  Severity judge(double value) {
    if (value >= critical) {
      return Severity.CRITICAL;
    }
    return value >= warning ? Severity.WARNING : Severity.OK;
  }

  /** Whether any value could breach it. */
  boolean decides() {
    return warning < Double.POSITIVE_INFINITY || critical < Double.POSITIVE_INFINITY;
  }
}
