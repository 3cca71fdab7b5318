package dev.mlctl.model;

import java.util.Arrays;

/**
 * The distinct thresholds that some trees compare one input with, and for 64 rows at a time the
 * answers to all these comparisons. Immutable.
 *
 * <p>A row is above as many thresholds as its rank among them says. The rank is looked up in a
 * table over equal intervals, then found by bisection among the few thresholds of that interval;
 * neither takes a branch that depends on the row. Rounding does no harm, because it is monotone:
 * what is in an interval below is below.
 */
final class Cuts {
  private final int input;
  private final int first;
  private final int count;

  /** Ascending, then infinities for the bisection to run into. */
  private final double[] sorted;

  private final double lowest;
  private final double perUnit;

  /** How many thresholds lie in intervals below. */
  private final char[] below;

  /** The first step of the bisection, a power of two. */
  private final int step;

  /**
   * Cuts of one input.
   *
   * @param input the input
   * @param thresholds finite, at least one, in any order, repeated or not
   * @param first where their answers start among those of all inputs
   */
  Cuts(int input, double[] thresholds, int first) {
    double[] distinct = Arrays.stream(thresholds).map(Cuts::oneZero).sorted().distinct().toArray();
    this.input = input;
    this.first = first;
    this.count = distinct.length;
    int intervals = 2 * Integer.highestOneBit(count);
    this.lowest = distinct[0];
    this.perUnit = intervals / (distinct[count - 1] - lowest);
    this.below = new char[intervals + 1];
    int[] within = new int[intervals + 1];
    for (double cut : distinct) {
      within[interval(cut)]++;
    }
    int most = 0;
    int sum = 0;
    for (int i = 0; i < within.length; i++) {
      below[i] = (char) sum;
      sum += within[i];
      most = Math.max(most, within[i]);
    }
    this.step = Integer.highestOneBit(most);
    this.sorted = Arrays.copyOf(distinct, count + 2 * step);
    Arrays.fill(sorted, count, sorted.length, Double.POSITIVE_INFINITY);
  }

  /** Both zeros are one number to a comparison, but not to a sort. */
  private static double oneZero(double value) {
    return value + 0.0;
  }

  private int interval(double value) {
    return Math.max(0, Math.min((int) ((value - lowest) * perUnit), below.length - 1));
  }

  /** The input. */
  int input() {
    return input;
  }

  /** Where the answers end, exclusive; one after the last is always that no row is above. */
  int end() {
    return first + count + 1;
  }

  /** Where the answer for a threshold is. */
  int indexOf(double threshold) {
    return first + Arrays.binarySearch(sorted, 0, count, oneZero(threshold));
  }

  /**
   * Sets, for each threshold, the bits of the rows that are above it; NaN is above all.
   *
   * @param x the input's column
   * @param rows at most 64, from {@code from} on
   * @param above zero where this input's answers are
   */
  void answer(double[] x, int from, int rows, long[] above) {
    for (int r = 0; r < rows; r++) {
      above[first + rank(x[from + r])] |= BitPlanes.bitOf(r);
    }
    long rowsAbove = 0;
    for (int i = first + count; i >= first; i--) {
      long rowsAt = above[i];
      above[i] = rowsAbove;
      rowsAbove |= rowsAt;
    }
  }

  /** How many thresholds are less than a value. */
  private int rank(double value) {
    int rank = below[interval(value)];
    for (int s = step; s > 0; s >>= 1) {
      // The sign of a difference of two numbers is exact, as there are numbers next to zero.
      rank += s & (int) (Double.doubleToRawLongBits(sorted[rank + s - 1] - value) >> 63);
    }
    return value <= sorted[count - 1] ? rank : count;
  }
}
