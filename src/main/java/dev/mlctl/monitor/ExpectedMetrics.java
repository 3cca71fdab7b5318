package dev.mlctl.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics a classifier has if each bin of its probabilities holds a known share of the class:
 * the expected confusion matrix. What is told apart is which bin a probability lies in, so AUC
 * counts two rows of one bin as a tie.
 */
final class ExpectedMetrics {
  private ExpectedMetrics() {}

  /**
   * Rows of one class's probability.
   *
   * @param rows per bin
   * @param share of the rows of each bin that are of the class, 0 to 1
   * @param above whether the bin lies above one half, so that the class is the predicted one
   * @param predicted rows that were predicted as the class
   * @param unsureShare the share of the class among those of them that lie in no such bin
   */
  record Bins(long[] rows, double[] share, boolean[] above, long predicted, double unsureShare) {
    double positives() {
      double sum = 0;
      for (int b = 0; b < rows.length; b++) {
        sum += rows[b] * share[b];
      }
      return sum;
    }

    long total() {
      long sum = 0;
      for (long n : rows) {
        sum += n;
      }
      return sum;
    }

    /** Rows of the class that are predicted as such. */
    double hits() {
      double hits = 0;
      long unsure = predicted;
      for (int b = 0; b < rows.length; b++) {
        hits += above[b] ? rows[b] * share[b] : 0;
        unsure -= above[b] ? rows[b] : 0;
      }
      return hits + Math.max(0, unsure) * unsureShare;
    }

    double f1() {
      double hits = hits();
      return hits == 0 ? 0 : 2 * hits / (predicted + positives());
    }

    /** The area under the curve of the class against the rest; NaN where one of them is empty. */
    double auc() {
      double below = 0;
      double ordered = 0;
      for (int b = 0; b < rows.length; b++) {
        double positive = rows[b] * share[b];
        double negative = rows[b] - positive;
        ordered += positive * (below + negative / 2);
        below += negative;
      }
      double positives = positives();
      return positives > 0 && below > 0 ? ordered / (positives * below) : Double.NaN;
    }
  }

  /**
   * Accuracy, F1 and, with two classes, AUC, with the meaning that {@link dev.mlctl.model.Metrics}
   * gives them. With more classes the mean AUC hangs on the rarest ones, of which too few rows were
   * held out: where who is scored shifts, it is off by more than its interval (measured on the
   * adult data, 0.045).
   *
   * @param classes of two classes the second one only, of more all
   */
  static Map<String, Double> of(List<Bins> classes) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", accuracy(classes));
    double auc = classes.get(0).auc();
    if (classes.size() == 1 && !Double.isNaN(auc)) {
      metrics.put("auc", auc);
    }
    metrics.put("f1", classes.stream().mapToDouble(Bins::f1).average().orElse(0));
    return metrics;
  }

  private static double accuracy(List<Bins> classes) {
    double hits = classes.stream().mapToDouble(Bins::hits).sum();
    Bins first = classes.get(0);
    // With two classes the rows that neither are of the one nor were predicted as such are right,
    // too.
    double others =
        classes.size() > 1 ? 0 : first.total() - first.predicted() - first.positives() + hits;
    return Math.min(1, (hits + others) / first.total());
  }
}
