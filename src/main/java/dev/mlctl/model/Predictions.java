package dev.mlctl.model;

/** The outputs of a batch of rows. Reused by its scorer, hence valid until the next batch. */
public final class Predictions {
  private final double[][] outputs;
  private final int[] classes;
  private int rows;

  Predictions(Signature signature, int capacity) {
    outputs = new double[signature.outputs()][capacity];
    classes = signature.task() == Task.CLASSIFICATION ? new int[capacity] : null;
  }

  /** How many rows are filled. */
  public int rows() {
    return rows;
  }

  /** Output columns {@code [output][row]}: the value, or one probability per class. */
  public double[][] outputs() {
    return outputs;
  }

  /** Per row the index of the most probable class, the first of equals; null for regression. */
  public int[] classes() {
    return classes;
  }

  void finish(int filled) {
    rows = filled;
    if (classes == null) {
      return;
    }
    for (int r = 0; r < filled; r++) {
      int best = 0;
      for (int k = 1; k < outputs.length; k++) {
        if (outputs[k][r] > outputs[best][r]) {
          best = k;
        }
      }
      classes[r] = best;
    }
  }
}
