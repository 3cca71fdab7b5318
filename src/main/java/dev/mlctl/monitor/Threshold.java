package dev.mlctl.monitor;

/**
 * From where on a value is a warning and from where on critical.
 *
 * @param warning infinite for never
 * @param critical infinite for never
 * @param below whether less is worse: values from a limit down breach it
 */
public record Threshold(double warning, double critical, boolean below) {
  /** For what is only reported. */
  public static final Threshold NONE =
      new Threshold(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Limits of what is worse the greater it is; +∞ for never. */
  public Threshold(double warning, double critical) {
    this(warning, critical, false);
  }

  /** Limits of what is worse the less it is; any infinity for never. */
  static Threshold below(double warning, double critical) {
    return new Threshold(downwards(warning), downwards(critical), true);
  }

  private static double downwards(double limit) {
    return Double.isInfinite(limit) ? Double.NEGATIVE_INFINITY : limit;
  }

  /** What a value that is no accident comes to; NaN is OK. */
  Severity judge(double value) {
    if (breaches(value, critical)) {
      return Severity.CRITICAL;
    }
    return breaches(value, warning) ? Severity.WARNING : Severity.OK;
  }

  private boolean breaches(double value, double limit) {
    return below ? value <= limit : value >= limit;
  }

  /** Whether any value could breach it. */
  boolean decides() {
    return Double.isFinite(warning) || Double.isFinite(critical);
  }

  /** How far along the way to the first limit a value is; 1 is there, 0 when there is none. */
  double pressure(double value) {
    double limit = below ? Math.max(warning, critical) : Math.min(warning, critical);
    double pressure = 0;
    if (limit > 0 && (!below || value > 0)) {
      pressure = below ? limit / value : value / limit;
    }
    return Double.isNaN(pressure) ? 0 : pressure;
  }
}
