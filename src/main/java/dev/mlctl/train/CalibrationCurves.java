package dev.mlctl.train;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The reliability curves of a classifier, from the rows held out from training. */
final class CalibrationCurves {
  private CalibrationCurves() {}

  /**
   * The calibration; empty for a regression, and when no rows are held out, for on the rows it was
   * fitted on a model is surer than right.
   *
   * @param baseline whose outputs count the rows judged
   * @param judged the answers for the rows held out; null when there are none
   */
  static Optional<Calibration> of(Profile baseline, Evaluation judged, Examples rows) {
    if (judged == null || judged.classes() == null) {
      return Optional.empty();
    }
    List<Calibration.Curve> curves = new ArrayList<>();
    for (int k = 0; k < judged.outputs().length; k++) {
      double[] edges = ((NumberProfile) baseline.outputs().get(k + 1)).edges();
      curves.add(curve(edges, k, judged, rows.labels()));
    }
    return Optional.of(new Calibration(curves));
  }

  private static Calibration.Curve curve(double[] edges, int of, Evaluation judged, int[] labels) {
    long[] positives = new long[edges.length + 1];
    long[] counts = new long[edges.length + 1];
    double[] sums = new double[edges.length + 1];
    long unsure = 0;
    for (int r = 0; r < labels.length; r++) {
      double probability = judged.outputs()[of][r];
      if (!Double.isFinite(probability)) {
        continue; // the profile counts it as missing
      }
      int found = Arrays.binarySearch(edges, probability + 0.0);
      int bin = found < 0 ? -found - 1 : found;
      boolean positive = labels[r] == of;
      counts[bin]++;
      sums[bin] += probability;
      positives[bin] += positive ? 1 : 0;
      unsure += positive && judged.classes()[r] == of && probability <= 0.5 ? 1 : 0;
    }
    Arrays.setAll(sums, b -> counts[b] == 0 ? 0 : sums[b] / counts[b]);
    return new Calibration.Curve(positives, sums, unsure);
  }
}
