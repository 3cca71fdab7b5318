package dev.mlctl.monitor;

import dev.mlctl.model.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Metrics of a part of the rows with standard errors from the influence of each row on the metric
 * (Hampel, 1974): the root of the summed squares of the influences, over the number of rows. For
 * AUC that is the error of DeLong, DeLong and Clarke-Pearson (1988). One pass and a sort, where the
 * bootstrap takes a hundred: for the many runs and slices.
 */
final class StandardErrors {
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final Answers answers;
  private final int[] rows;
  private final Map<String, Double> values;
  private final Map<String, Estimate> estimates = new LinkedHashMap<>();

  private StandardErrors(Answers answers, int[] rows) {
    this.answers = answers;
    this.rows = rows;
    this.values = answers.metrics(rows);
  }

  /**
   * The metrics of some rows.
   *
   * @param rows at least one
   */
  static Map<String, Estimate> of(Answers answers, int[] rows) {
    StandardErrors errors = new StandardErrors(answers, rows);
    if (answers.signature().task() == Task.REGRESSION) {
      errors.regression();
    } else {
      errors.classification();
    }
    return errors.estimates;
  }

  private void regression() {
    double mean = IntStream.of(rows).mapToDouble(answers::truth).average().orElse(0);
    double rmse = values.get("rmse");
    double mse = rmse * rmse;
    double variance =
        IntStream.of(rows).mapToDouble(r -> square(answers.truth(r) - mean)).average().orElse(0);
    double[] ofRmse = new double[rows.length];
    double[] ofMae = new double[rows.length];
    double[] ofR2 = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double error = answers.truth(rows[i]) - answers.prediction(rows[i]);
      double squared = square(error) - mse;
      ofRmse[i] = rmse == 0 ? 0 : squared / (2 * rmse);
      ofMae[i] = Math.abs(error) - values.get("mae");
      double spread = square(answers.truth(rows[i]) - mean) - variance;
      ofR2[i] = variance == 0 ? 0 : (mse * spread / variance - squared) / variance;
    }
    put("rmse", ofRmse);
    put("mae", ofMae);
    put("r2", ofR2);
  }

  private void classification() {
    double[] ofAccuracy = new double[rows.length];
    double[] ofLoss = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double truth = answers.truth(rows[i]);
      ofAccuracy[i] = (truth == answers.prediction(rows[i]) ? 1 : 0) - values.get("accuracy");
      if (answers.withProbabilities()) {
        double probability = answers.probability((int) truth, rows[i]);
        double loss = -Math.log(Math.max(SMALLEST_PROBABILITY, probability));
        ofLoss[i] = loss - values.get("log_loss");
      }
    }
    put("accuracy", ofAccuracy);
    put("log_loss", ofLoss);
    put("auc", auc());
    put("f1", f1());
  }

  /** The classes that F1 and AUC are of, or the means over. */
  private int[] judged() {
    int classes = answers.signature().classes().size();
    return classes == 2 ? new int[] {1} : IntStream.range(0, classes).toArray();
  }

  private double[] f1() {
    double[] influence = new double[rows.length];
    int[] judged = judged();
    for (int k : judged) {
      long hits = 0;
      long either = 0;
      for (int r : rows) {
        boolean is = answers.truth(r) == k;
        boolean said = answers.prediction(r) == k;
        hits += is && said ? 1 : 0;
        either += (is ? 1 : 0) + (said ? 1 : 0);
      }
      double f1 = either == 0 ? 0 : 2.0 * hits / either;
      for (int i = 0; i < rows.length && either > 0; i++) {
        int is = answers.truth(rows[i]) == k ? 1 : 0;
        int said = answers.prediction(rows[i]) == k ? 1 : 0;
        double share = (double) either / rows.length;
        influence[i] += (2 * is * said - f1 * (is + said)) / share / judged.length;
      }
    }
    return influence;
  }

  private double[] auc() {
    double[] influence = new double[rows.length];
    if (!values.containsKey("auc")) {
      return influence;
    }
    int defined = 0;
    for (int k : judged()) {
      double[] positives = scores(k, true);
      double[] negatives = scores(k, false);
      if (positives.length > 0 && negatives.length > 0) {
        defined++;
        addAuc(k, positives, negatives, influence);
      }
    }
    for (int i = 0; i < influence.length; i++) {
      influence[i] /= defined;
    }
    return influence;
  }

  private void addAuc(int k, double[] positives, double[] negatives, double[] influence) {
    double[] wins = new double[rows.length];
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      boolean positive = answers.truth(rows[i]) == k;
      double below = share(positive ? negatives : positives, answers.probability(k, rows[i]));
      wins[i] = positive ? below : 1 - below;
      sum += positive ? below : 0;
    }
    double auc = sum / positives.length;
    for (int i = 0; i < rows.length; i++) {
      int ofKind = answers.truth(rows[i]) == k ? positives.length : negatives.length;
      influence[i] += (wins[i] - auc) * rows.length / ofKind;
    }
  }

  private double[] scores(int k, boolean positive) {
    double[] scores = new double[rows.length];
    int count = 0;
    for (int r : rows) {
      if ((answers.truth(r) == k) == positive) {
        scores[count++] = answers.probability(k, r);
      }
    }
    scores = Arrays.copyOf(scores, count);
    Arrays.sort(scores);
    return scores;
  }

  /** The share of sorted values below one, ties by half. */
  private static double share(double[] sorted, double value) {
    return (first(sorted, value, false) + first(sorted, value, true)) / 2.0 / sorted.length;
  }

  /** How many sorted values are below one, or not above it. */
  private static int first(double[] sorted, double value, boolean withTies) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (withTies && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Keeps the metric if it is defined. */
  private void put(String metric, double[] influence) {
    if (values.containsKey(metric)) {
      double squares = Arrays.stream(influence).map(StandardErrors::square).sum();
      estimates.put(
          metric, new Estimate(values.get(metric), Math.sqrt(squares) / influence.length));
    }
  }

  private static double square(double value) {
    return value * value;
  }
}
