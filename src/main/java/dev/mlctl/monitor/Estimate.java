package dev.mlctl.monitor;

/**
 * A metric with its sampling error.
 *
 * @param value over all labelled rows
 * @param error standard error; 0 when there is one row
 */
public record Estimate(double value, double error) {
  /** The lower end of the 95 % interval. */
  public double low() {
    return value - 1.96 * error;
  }

  /** The upper end of the 95 % interval. */
  public double high() {
    return value + 1.96 * error;
  }
}
