package dev.mlctl.model;

import java.util.HashSet;
import java.util.List;

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

  static void distinct(List<String> names, String what) {
    check(new HashSet<>(names).size() == names.size(), what + " are not distinct: " + names);
  }

  static void finite(double[] values, String what) {
    for (double v : values) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException(what + " are not finite");
      }
    }
  }
}
