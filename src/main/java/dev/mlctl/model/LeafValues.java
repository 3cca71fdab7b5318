package dev.mlctl.model;

/**
 * What the leaves of an ensemble add to the scores. Immutable.
 *
 * @param values row-major, one row per leaf; not to be changed
 * @param treeScores the score each tree's leaves add their one value to; empty when a leaf has a
 *     value for each score; not to be changed
 * @param scores how many
 */
record LeafValues(double[] values, int[] treeScores, int scores) {
  LeafValues {
    Shapes.check(scores > 0, "no scores");
    for (int score : treeScores) {
      Shapes.check(score >= 0 && score < scores, "a tree adds to a score that is not there");
    }
    int width = treeScores.length > 0 ? 1 : scores;
    Shapes.check(values.length % width == 0, "leaf values are not rectangular");
    Shapes.finite(values, "leaf values");
  }

  /** Whether a leaf has a value for each score. */
  boolean vectors() {
    return treeScores.length == 0;
  }

  /** How many values a leaf has. */
  int width() {
    return vectors() ? scores : 1;
  }

  /** How many leaves. */
  int count() {
    return values.length / width();
  }

  /**
   * Adds the values of the leaves that rows reached in one tree.
   *
   * @param leaves a leaf per row
   * @param sums {@code sums[score][at + row]}
   */
  void add(int tree, int[] leaves, int rows, double[][] sums, int at) {
    if (!vectors()) {
      addTo(sums[treeScores[tree]], at, leaves, rows, 0);
      return;
    }
    for (int s = 0; s < scores; s++) {
      addTo(sums[s], at, leaves, rows, s);
    }
  }

  private void addTo(double[] sum, int at, int[] leaves, int rows, int offset) {
    int width = width();
    for (int r = 0; r < rows; r++) {
      sum[at + r] += values[leaves[r] * width + offset];
    }
  }
}
