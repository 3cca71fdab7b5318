package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import java.util.Arrays;

/**
 * Where the probabilities of some rows lie in the bins of the baseline. The arrays are not to be
 * changed.
 *
 * @param rows {@code [class][bin]}
 * @param predicted rows that each class was predicted for
 */
record BinCounts(long[][] rows, long[] predicted) {
  /** Those that a classifier's profile counts. */
  static BinCounts of(Profile profile) {
    long[] predicted = ((CategoryProfile) profile.outputs().get(0)).counts();
    long[][] rows = new long[predicted.length][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = ((NumberProfile) profile.outputs().get(k + 1)).counts();
    }
    return new BinCounts(rows, predicted);
  }

  /**
   * Those of some labelled predictions with probabilities.
   *
   * @param chosen indices of rows
   */
  static BinCounts of(Profile baseline, Answers answers, int[] chosen) {
    int classes = answers.signature().classes().size();
    BinCounts counts = new BinCounts(new long[classes][], new long[classes]);
    for (int k = 0; k < classes; k++) {
      double[] edges = ((NumberProfile) baseline.outputs().get(k + 1)).edges();
      counts.rows[k] = new long[edges.length + 1];
      for (int row : chosen) {
        int found = Arrays.binarySearch(edges, answers.probability(k, row) + 0.0);
        counts.rows[k][found < 0 ? -found - 1 : found]++;
        counts.predicted[k] += answers.prediction(row) == k ? 1 : 0;
      }
    }
    return counts;
  }
}
