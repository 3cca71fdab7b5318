package dev.mlctl.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How good predictions are, by the field's standard measures. */
public final class Metrics {
  /** Every metric's name, regression first. */
  public static final List<String> NAMES =
      List.of("rmse", "mae", "r2", "accuracy", "log_loss", "auc", "f1");

  private static final double SMALLEST_PROBABILITY = 1e-15;

  private Metrics() {}

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
    double mean = Arrays.stream(actual).average().orElse(0);
    double squares = 0;
    double total = 0;
    double absolute = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = actual[i] - predicted[i];
      squares += error * error;
      absolute += Math.abs(error);
      total += (actual[i] - mean) * (actual[i] - mean);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rmse", Math.sqrt(squares / actual.length));
    metrics.put("mae", absolute / actual.length);
    metrics.put("r2", total == 0 ? 0 : 1 - squares / total);
    return metrics;
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
    int rows = actual.length;
    double correct = 0;
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      correct += actual[r] == predicted[r] ? 1 : 0;
      loss -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[actual[r]][r]));
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", correct / rows);
    metrics.put("log_loss", loss / rows);
    int classes = probabilities.length;
    int[] judged = classes == 2 ? new int[] {1} : IntStream.range(0, classes).toArray();
    Arrays.stream(judged)
        .mapToDouble(k -> auc(actual, k, probabilities[k]))
        .filter(auc -> !Double.isNaN(auc))
        .average()
        .ifPresent(auc -> metrics.put("auc", auc));
    long[][] confusion = confusion(actual, predicted, classes);
    metrics.put("f1", Arrays.stream(judged).mapToDouble(k -> f1(confusion, k)).average().orElse(0));
    return metrics;
  }

  /** Counts {@code [actual][predicted]}. */
  public static long[][] confusion(int[] actual, int[] predicted, int classes) {
    long[][] counts = new long[classes][classes];
    for (int r = 0; r < actual.length; r++) {
      counts[actual[r]][predicted[r]]++;
    }
    return counts;
  }

  /**
   * Area under the ROC curve as the Mann-Whitney statistic with mid-ranks; NaN if undefined or a
   * score is.
   */
  private static double auc(int[] actual, int positive, double[] score) {
    int n = actual.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> score[i]));
    double rankSum = 0;
    double positives = 0;
    for (int i = 0; i < n; ) {
      if (Double.isNaN(score[order[i]])) {
        return Double.NaN;
      }
      int j = i;
      int ties = 0;
      while (j < n && score[order[j]] == score[order[i]]) {
        ties += actual[order[j]] == positive ? 1 : 0;
        j++;
      }
      rankSum += ties * (i + 1 + j) / 2.0;
      positives += ties;
      i = j;
    }
    double negatives = n - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  private static double f1(long[][] confusion, int k) {
    double hit = confusion[k][k];
    double wrong = 0;
    for (int j = 0; j < confusion.length; j++) {
      wrong += j == k ? 0 : confusion[k][j] + confusion[j][k];
    }
    return hit == 0 ? 0 : 2 * hit / (2 * hit + wrong);
  }
}
