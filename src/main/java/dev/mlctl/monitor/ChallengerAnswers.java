package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one of two models predicted for rows whose truth is known.
 *
 * @param signature of the model that made them
 * @param withProbabilities whether the classes' probabilities are there; false for regression
 * @param rows per row the truth, the prediction, then the probability of each class if there;
 *     classes by their index
 */
record ChallengerAnswers(Signature signature, boolean withProbabilities, List<double[]> rows) {
  Map<String, Double> metrics() {
    int[] all = new int[rows.size()];
    for (int r = 0; r < all.length; r++) {
      all[r] = r;
    }
    return metrics(all);
  }

  /**
   * The task's metrics over some rows, at least one; without probabilities those that need none.
   *
   * @param chosen indices into {@link #rows}, repeated as wanted
   */
  Map<String, Double> metrics(int[] chosen) {
    if (signature.task() == Task.REGRESSION) {
      double[] actual = new double[chosen.length];
      double[] predicted = new double[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        actual[i] = rows.get(chosen[i])[0];
        predicted[i] = rows.get(chosen[i])[1];
      }
      return Metrics.regression(actual, predicted);
    }
    return classification(chosen);
  }

  private Map<String, Double> classification(int[] chosen) {
    int[] actual = new int[chosen.length];
    int[] predicted = new int[chosen.length];
    double[][] probabilities = new double[signature.classes().size()][chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      double[] row = rows.get(chosen[i]);
      actual[i] = (int) row[0];
      predicted[i] = (int) row[1];
      for (int k = 0; withProbabilities && k < probabilities.length; k++) {
        probabilities[k][i] = row[2 + k];
      }
    }
    Map<String, Double> metrics =
        new LinkedHashMap<>(Metrics.classification(actual, predicted, probabilities));
    if (!withProbabilities) {
      metrics.remove("log_loss");
      metrics.remove("auc");
    }
    return metrics;
  }
}
