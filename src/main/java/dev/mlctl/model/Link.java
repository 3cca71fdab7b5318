package dev.mlctl.model;

/** How a predictor's scores become outputs. */
public enum Link {
  /** The scores are the outputs. */
  IDENTITY,
  /** One score s; two outputs 1 − p and p with p = 1 / (1 + exp(−s)). */
  LOGISTIC,
  /** exp(s_k) over their sum. */
  SOFTMAX,
  /** s_k over their sum. */
  NORMALIZE;

  /** How many outputs this many scores give. */
  int outputs(int scores) {
    return this == LOGISTIC ? 2 : scores;
  }

  /**
   * Turns scores into outputs in place.
   *
   * @param out column-major {@code out[k][row]}; for LOGISTIC the score stands in {@code out[1]}
   */
  void apply(double[][] out, int rows) {
    switch (this) {
      case IDENTITY -> {}
      case LOGISTIC -> logistic(out[0], out[1], rows);
      case SOFTMAX -> softmax(out, rows);
      case NORMALIZE -> normalize(out, rows);
    }
  }

  private static void logistic(double[] no, double[] yes, int rows) {
    for (int r = 0; r < rows; r++) {
      double p = 1 / (1 + Math.exp(-yes[r]));
      yes[r] = p;
      no[r] = 1 - p;
    }
  }

  private static void softmax(double[][] out, int rows) {
    for (int r = 0; r < rows; r++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] column : out) {
        max = Math.max(max, column[r]);
      }
      for (double[] column : out) {
        column[r] = Math.exp(column[r] - max);
      }
    }
    normalize(out, rows);
  }

  private static void normalize(double[][] out, int rows) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (double[] column : out) {
        sum += column[r];
      }
      for (double[] column : out) {
        column[r] /= sum;
      }
    }
  }
}
