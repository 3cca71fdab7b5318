package dev.mlctl.model;

import java.util.Arrays;

/**
 * Weighted sums of inputs, for many rows at once. Terms are added one by one in the order of the
 * inputs, so a sum has the same bits whatever the other rows are.
 */
final class WeightedSums {
  private WeightedSums() {}

  /** Copies of rows of weights with one more for "no input": −0, which changes no sum at all. */
  static double[][] padded(double[][] weights) {
    double[][] made = new double[weights.length][];
    for (int i = 0; i < made.length; i++) {
      made[i] = Arrays.copyOf(weights[i], weights[i].length + 1);
      made[i][weights[i].length] = -0.0;
    }
    return made;
  }

  /** What was padded, copied. */
  static double[][] unpadded(double[][] weights) {
    double[][] made = new double[weights.length][];
    for (int i = 0; i < made.length; i++) {
      made[i] = Arrays.copyOf(weights[i], weights[i].length - 1);
    }
    return made;
  }

  /**
   * Adds {@code Σ weights[input] · x[input]} to each row's sum. The zeros of one-hot categories are
   * left out: adding one changes nothing but the sign of a sum that is itself zero.
   *
   * @param weights one per input, {@link #padded}
   * @param sums from index 0 on, one per row
   */
  static void add(Inputs x, double[] weights, double[] sums) {
    int columns = x.columns();
    for (int c = 0; c < columns; ) {
      if (x.numbers(c) == null) {
        addWhereOne(x.ones(c), weights, x.rows(), sums);
        c++;
      } else {
        int end = c;
        while (end < columns && x.numbers(end) != null) {
          end++;
        }
        c = addDense(x, c, end, weights, sums);
      }
    }
  }

  private static void addWhereOne(int[] ones, double[] weights, int rows, double[] sums) {
    for (int r = 0; r < rows; r++) {
      sums[r] += weights[ones[r]];
    }
  }

  private static int addDense(Inputs x, int from, int to, double[] w, double[] sums) {
    int rows = x.rows();
    int c = from;
    for (; c + 4 <= to; c += 4) {
      int i = x.first(c);
      addFour(
          x.numbers(c),
          x.numbers(c + 1),
          x.numbers(c + 2),
          x.numbers(c + 3),
          w[i],
          w[i + 1],
          w[i + 2],
          w[i + 3],
          rows,
          sums);
    }
    for (; c < to; c++) {
      addOne(x.numbers(c), w[x.first(c)], rows, sums);
    }
    return to;
  }

  /** All indices are equal, or the compiler would not use vector instructions. */
  private static void addFour(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double wa,
      double wb,
      double wc,
      double wd,
      int rows,
      double[] sums) {
    for (int r = 0; r < rows; r++) {
      sums[r] = sums[r] + wa * a[r] + wb * b[r] + wc * c[r] + wd * d[r];
    }
  }

  private static void addOne(double[] a, double wa, int rows, double[] sums) {
    for (int r = 0; r < rows; r++) {
      sums[r] += wa * a[r];
    }
  }
}
