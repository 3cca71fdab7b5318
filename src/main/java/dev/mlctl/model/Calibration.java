package dev.mlctl.model;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import java.util.Arrays;
import java.util.List;

/**
 * How a classifier's probabilities came true on rows it was not fitted on: the reliability curve of
 * each class, over the bins that its probability has in the baseline. Immutable.
 *
 * @param curves one per class, in the signature's order
 */
public record Calibration(List<Curve> curves) {
  /** Copies. */
  public Calibration {
    curves = List.copyOf(curves);
  }

  /**
   * The curve of one class; how many rows each bin holds, the baseline has.
   *
   * @param positives rows of the class, per bin
   * @param means mean probability, per bin; 0 for an empty one
   * @param unsurePositives rows of the class that were predicted as such with a probability of at
   *     most one half; only with more than two classes are there any to speak of
   */
  public record Curve(long[] positives, double[] means, long unsurePositives) {
    /** Copies and checks the lengths. */
    public Curve {
      positives = positives.clone();
      means = means.clone();
      Shapes.check(positives.length == means.length, "a calibration curve is ragged");
      Shapes.finite(means, "the means of a calibration curve");
    }

    @Override
    public long[] positives() {
      return positives.clone();
    }

    @Override
    public double[] means() {
      return means.clone();
    }

    private void checkFits(NumberProfile column) {
      long[] rows = column.counts();
      boolean fits = rows.length == positives.length && unsurePositives >= 0;
      for (int b = 0; fits && b < rows.length; b++) {
        fits = positives[b] >= 0 && positives[b] <= rows[b];
      }
      Shapes.check(fits, "the calibration is that of another baseline");
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Curve other
          && Arrays.equals(positives, other.positives)
          && Arrays.equals(means, other.means)
          && unsurePositives == other.unsurePositives;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(positives) + Arrays.hashCode(means);
    }

    @Override
    public String toString() {
      return "Curve[" + positives.length + " bins]";
    }
  }

  void checkFits(Signature signature, Profile baseline) {
    Shapes.check(
        curves.size() == signature.classes().size()
            && baseline.outputs().size() == curves.size() + 1,
        "the calibration is that of another model");
    for (int k = 0; k < curves.size(); k++) {
      curves.get(k).checkFits((NumberProfile) baseline.outputs().get(k + 1));
    }
  }
}
