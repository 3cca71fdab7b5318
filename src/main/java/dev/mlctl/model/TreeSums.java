package dev.mlctl.model;

/** A way to take rows through some trees. Immutable and thread-safe. */
interface TreeSums {
  /**
   * Adds the values of the leaves that rows reach, tree after tree, to the rows' sums.
   *
   * @param x column-major {@code x[input][row]}; NaN counts as greater than any threshold
   * @param sums {@code sums[score][at + row]}
   */
  void add(double[][] x, int rows, double[][] sums, int at);
}
