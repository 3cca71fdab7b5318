package dev.mlctl.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The counts behind the metrics of a classification. Only AUC needs every score again: where it is
 * wanted they are kept, 8 bytes a row with two classes, 8 a row and class with more.
 */
final class ClassificationSums implements MetricSums {
  private static final double SMALLEST_PROBABILITY = 1e-15;

  /** The classes AUC and F1 are those of, or the means over. */
  private final int[] judged;

  private final long[][] confusion;
  private final Scores[] positives;
  private final Scores[] negatives;
  private long rows;
  private long correct;
  private double loss;

  ClassificationSums(int classes, boolean withAuc) {
    judged = classes == 2 ? new int[] {1} : IntStream.range(0, classes).toArray();
    confusion = new long[classes][classes];
    positives = scores(withAuc ? judged.length : 0);
    negatives = scores(withAuc ? judged.length : 0);
  }

  private static Scores[] scores(int count) {
    return IntStream.range(0, count).mapToObj(k -> new Scores()).toArray(Scores[]::new);
  }

  /**
   * Adds a row.
   *
   * @param actual index of the true class
   * @param predicted index of the predicted class
   * @param probabilities {@code [class][row]}
   */
  void add(int actual, int predicted, double[][] probabilities, int row) {
    rows++;
    correct += actual == predicted ? 1 : 0;
    loss -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[actual][row]));
    confusion[actual][predicted]++;
    for (int j = 0; j < positives.length; j++) {
      Scores scores = actual == judged[j] ? positives[j] : negatives[j];
      scores.add(probabilities[judged[j]][row]);
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", (double) correct / rows);
    metrics.put("log_loss", loss / rows);
    IntStream.range(0, positives.length)
        .mapToDouble(j -> auc(positives[j].sorted(), negatives[j].sorted()))
        .filter(auc -> !Double.isNaN(auc))
        .average()
        .ifPresent(auc -> metrics.put("auc", auc));
    metrics.put("f1", Arrays.stream(judged).mapToDouble(this::f1).average().orElse(0));
    return metrics;
  }

  /**
   * Area under the ROC curve as the Mann-Whitney statistic with mid-ranks; NaN if undefined or a
   * score is.
   *
   * @param positives scores of the rows that are of the class, ascending
   * @param negatives scores of the others, ascending
   */
  private static double auc(double[] positives, double[] negatives) {
    if (endsInNaN(positives) || endsInNaN(negatives)) {
      return Double.NaN;
    }
    double rankSum = 0;
    int p = 0;
    int n = 0;
    while (p < positives.length) {
      double score = positives[p];
      while (n < negatives.length && negatives[n] < score) {
        n++;
      }
      long before = (long) p + n;
      int ties = p;
      while (p < positives.length && positives[p] == score) {
        p++;
      }
      while (n < negatives.length && negatives[n] == score) {
        n++;
      }
      ties = p - ties;
      rankSum += ties * (before + 1 + p + n) / 2.0;
    }
    double count = positives.length;
    return (rankSum - count * (count + 1) / 2) / (count * negatives.length);
  }

  /** Sorting puts NaN last. */
  private static boolean endsInNaN(double[] sorted) {
    return sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1]);
  }

  private double f1(int k) {
    double hit = confusion[k][k];
    double wrong = 0;
    for (int j = 0; j < confusion.length; j++) {
      wrong += j == k ? 0 : confusion[k][j] + confusion[j][k];
    }
    return hit == 0 ? 0 : 2 * hit / (2 * hit + wrong);
  }

  /** Doubles in an array that grows. */
  private static final class Scores {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
