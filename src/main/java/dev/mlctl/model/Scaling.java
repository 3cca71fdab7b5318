package dev.mlctl.model;

/**
 * A number or date: one input {@code (x − mean) / scale}.
 *
 * @param imputed what a missing x is replaced by first
 * @param mean subtracted; 0 for none
 * @param scale divided by, positive; 1 for none
 */
public record Scaling(double imputed, double mean, double scale) implements Step {
  /** Checks that all are finite and the scale is positive. */
  public Scaling {
    if (!Double.isFinite(imputed)
        || !Double.isFinite(mean)
        || !(scale > 0)
        || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("bad scaling: " + imputed + ", " + mean + ", " + scale);
    }
  }

  /** Imputation alone. */
  public static Scaling none(double imputed) {
    return new Scaling(imputed, 0, 1);
  }

  @Override
  public int width() {
    return 1;
  }
}
