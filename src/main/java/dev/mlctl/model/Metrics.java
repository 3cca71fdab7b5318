package dev.mlctl.model;

import java.util.List;
import java.util.Map;

/** How good predictions are, by the field's standard measures. */
public final class Metrics {
  /** Every metric's name, regression first. */
  public static final List<String> NAMES =
      List.of("rmse", "mae", "r2", "accuracy", "log_loss", "auc", "f1");

  private Metrics() {}

  /** The names of a task's metrics. */
  public static List<String> of(Task task) {
    return task == Task.REGRESSION ? NAMES.subList(0, 3) : NAMES.subList(3, NAMES.size());
  }

  /** Whether a greater value of a metric is a better one. */
  public static boolean greaterIsBetter(String metric) {
    return !List.of("rmse", "mae", "log_loss").contains(metric);
  }

  /**
   * Root mean squared error, mean absolute error and R² (1 − residual / total sum of squares; 0
   * when all actual values are equal).
   *
   * @param actual at least one
   * @param predicted same length
   */
  public static Map<String, Double> regression(double[] actual, double[] predicted) {
    RegressionSums sums = new RegressionSums();
    for (int r = 0; r < actual.length; r++) {
      sums.add(actual[r], predicted[r]);
    }
    return sums.metrics();
  }

  /**
   * Accuracy, log loss, AUC and F1. With two classes AUC and F1 are those of the second class; with
   * more, AUC is the mean over classes of one against the rest and F1 the mean over classes
   * (macro). A class that does not occur, or occurs alone, is left out of the mean AUC; AUC is left
   * out altogether when no class is left.
   *
   * @param actual index of the true class of each row, at least one row
   * @param predicted index of the predicted class
   * @param probabilities {@code [class][row]}
   */
  public static Map<String, Double> classification(
      int[] actual, int[] predicted, double[][] probabilities) {
    ClassificationSums sums = new ClassificationSums(probabilities.length, true);
    for (int r = 0; r < actual.length; r++) {
      sums.add(actual[r], predicted[r], probabilities, r);
    }
    return sums.metrics();
  }

  /** Counts {@code [actual][predicted]}. */
  public static long[][] confusion(int[] actual, int[] predicted, int classes) {
    long[][] counts = new long[classes][classes];
    for (int r = 0; r < actual.length; r++) {
      counts[actual[r]][predicted[r]]++;
    }
    return counts;
  }
}
