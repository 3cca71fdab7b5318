package dev.mlctl.train;

import java.util.Arrays;

/**
 * What an algorithm is fitted on. The arrays are not to be changed.
 *
 * @param x column-major inputs, {@code x[input][row]}, finite
 * @param y the target of each row: for classification the index of its class
 * @param classes how many; 0 for regression
 */
record Design(double[][] x, int rows, double[] y, int classes) {
  int inputs() {
    return x.length;
  }

  int[] labels() {
    return Arrays.stream(y).mapToInt(v -> (int) v).toArray();
  }

  /** A row's inputs, newly made. */
  double[] row(int r) {
    double[] row = new double[x.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = x[i][r];
    }
    return row;
  }

  /** All rows, row-major, newly made. */
  double[][] rowMajor() {
    double[][] all = new double[rows][];
    Arrays.setAll(all, this::row);
    return all;
  }
}
