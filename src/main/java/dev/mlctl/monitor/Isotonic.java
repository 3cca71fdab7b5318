package dev.mlctl.monitor;

import java.util.Arrays;

/**
 * The non-decreasing step function closest to given shares in weighted squares: isotonic regression
 * by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman, 1955). The arrays are not
 * to be changed.
 *
 * @param values the fitted share of each point
 * @param blocks which block of equal values each point was pooled into, from 0
 * @param weights the weight of that block
 */
record Isotonic(double[] values, int[] blocks, double[] weights) {
  /**
   * Fits.
   *
   * @param hits of each point, in the order in which the shares shall not decrease
   * @param rows the weight of each point; one without any takes the value of the next that has one,
   *     or of the last; where none has, all are one half
   */
  static Isotonic fit(long[] hits, long[] rows) {
    int n = hits.length;
    double[] blockHits = new double[n];
    double[] blockRows = new double[n];
    int[] last = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (rows[i] > 0) {
        blockHits[count] = hits[i];
        blockRows[count] = rows[i];
        last[count++] = i;
        while (count > 1 && violates(blockHits, blockRows, count - 1)) {
          blockHits[count - 2] += blockHits[count - 1];
          blockRows[count - 2] += blockRows[count - 1];
          last[count - 2] = last[count - 1];
          count--;
        }
      }
    }
    return spread(n, blockHits, blockRows, Arrays.copyOf(last, count));
  }

  /** Whether a block's share is not above that of the one before. */
  private static boolean violates(double[] hits, double[] rows, int block) {
    return hits[block] * rows[block - 1] <= hits[block - 1] * rows[block];
  }

  private static Isotonic spread(int points, double[] hits, double[] rows, int[] last) {
    double[] values = new double[points];
    int[] blocks = new int[points];
    double[] weights = new double[points];
    int block = 0;
    for (int i = 0; i < points; i++) {
      block += block < last.length - 1 && i > last[block] ? 1 : 0;
      values[i] = last.length == 0 ? 0.5 : hits[block] / rows[block];
      blocks[i] = block;
      weights[i] = last.length == 0 ? 0 : rows[block];
    }
    return new Isotonic(values, blocks, weights);
  }
}
