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

  /** The columns of outputs in which the scores stand until {@link #apply}, score by score. */
  public double[][] scores(double[][] out) {
    return this == LOGISTIC ? new double[][] {out[1]} : out;
  }

  /**
   * Turns scores into outputs in place.
   *
   * @param out column-major {@code out[k][row]}
   * @param from the first row
   * @param to the row after the last
   */
  public void apply(double[][] out, int from, int to) {
    switch (this) {
      case IDENTITY -> {}
      case LOGISTIC -> logistic(out[0], out[1], from, to);
      case SOFTMAX -> softmax(out, from, to);
      case NORMALIZE -> normalize(out, from, to);
    }
  }

  private static void logistic(double[] no, double[] yes, int from, int to) {
    for (int r = from; r < to; r++) {
      double p = 1 / (1 + Math.exp(-yes[r]));
      yes[r] = p;
      no[r] = 1 - p;
    }
  }

  private static void softmax(double[][] out, int from, int to) {
    for (int r = from; r < to; r++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] column : out) {
        max = Math.max(max, column[r]);
      }
      for (double[] column : out) {
        column[r] = Math.exp(column[r] - max);
      }
    }
    normalize(out, from, to);
  }

  private static void normalize(double[][] out, int from, int to) {
    for (int r = from; r < to; r++) {
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
