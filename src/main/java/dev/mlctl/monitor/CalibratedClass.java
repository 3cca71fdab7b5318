package dev.mlctl.monitor;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Calibration;
import java.util.Random;

/** What one class's probabilities are worth, learned from the rows held out at training. */
final class CalibratedClass {
  private static final double HALF = 0.5;

  private final int k;
  private final Isotonic curve;
  private final boolean[] above;
  private final double unsureShare;
  private final long unsureRows;

  /**
   * Learns.
   *
   * @param k the index of the class
   */
  CalibratedClass(int k, Calibration.Curve held, Profile baseline) {
    this.k = k;
    BinCounts counts = BinCounts.of(baseline);
    long[] rows = counts.rows()[k];
    curve = Isotonic.fit(held.positives(), rows);
    above = new boolean[rows.length];
    double[] edges = ((NumberProfile) baseline.outputs().get(k + 1)).edges();
    long unsure = counts.predicted()[k];
    for (int b = 1; b < rows.length; b++) {
      above[b] = edges[b - 1] >= HALF;
      unsure -= above[b] ? rows[b] : 0;
    }
    unsureRows = Math.max(0, unsure);
    unsureShare =
        unsureRows == 0 ? HALF : Math.min(1, held.unsurePositives() / (double) unsureRows);
  }

  /** Whether the bins tell which rows the class is surely predicted for. */
  static boolean tellsHalf(Profile baseline, int k) {
    for (double edge : ((NumberProfile) baseline.outputs().get(k + 1)).edges()) {
      if (edge == HALF) {
        return true;
      }
    }
    return false;
  }

  /** Rows with the shares that are expected of them. */
  ExpectedMetrics.Bins expected(BinCounts counts) {
    return new ExpectedMetrics.Bins(
        counts.rows()[k], curve.values(), above, counts.predicted()[k], unsureShare);
  }

  /**
   * The same with shares as they may be: the calibration is known from so many rows held out, and
   * the rows are a draw themselves.
   */
  ExpectedMetrics.Bins drawn(BinCounts counts, Random random) {
    ExpectedMetrics.Bins expected = expected(counts);
    double[] share = new double[expected.rows().length];
    double ofBlock = 0;
    for (int b = 0; b < share.length; b++) {
      boolean newBlock = b == 0 || curve.blocks()[b] != curve.blocks()[b - 1];
      ofBlock = newBlock ? drawn(curve.values()[b], curve.weights()[b], random) : ofBlock;
      share[b] = drawn(ofBlock, (double) expected.rows()[b], random);
    }
    return new ExpectedMetrics.Bins(
        expected.rows(),
        share,
        above,
        expected.predicted(),
        drawn(unsureShare, (double) unsureRows, random));
  }

  /** A share as another draw of so many rows may have it, by the normal approximation. */
  private static double drawn(double share, double rows, Random random) {
    double noise = random.nextGaussian();
    if (rows == 0) {
      return share;
    }
    // Half a row more of each kind: that none was met does not prove that there is none.
    double smoothed = (share * rows + HALF) / (rows + 1);
    double drawn = share + noise * Math.sqrt(smoothed * (1 - smoothed) / rows);
    return Math.max(0, Math.min(1, drawn));
  }
}
