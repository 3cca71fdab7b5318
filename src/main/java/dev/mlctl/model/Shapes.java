package dev.mlctl.model;

/**
 * Checks of dimensions and values, made once when a model is built so that predicting needs none.
 */
final class Shapes {
  private Shapes() {}

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  static void finite(double[] values, String what) {
    for (double v : values) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException(what + " are not finite");
      }
    }
  }
}
