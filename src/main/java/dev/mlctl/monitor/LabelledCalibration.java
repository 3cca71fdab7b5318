package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the labels tell of a classifier's probabilities.
 *
 * @param brier the Brier score (1950): the mean squared distance of the probability from the truth;
 *     of the second class with two classes, summed over all with more
 * @param curves in ten bins of equal width; of the second class with two classes, of each with more
 */
public record LabelledCalibration(double brier, List<Reliability> curves) {
  private static final int BINS = 10;

  /** Copies. */
  public LabelledCalibration {
    curves = List.copyOf(curves);
  }

  /** Measures; there are probabilities and at least one row. */
  static LabelledCalibration of(Answers answers) {
    List<String> classes = answers.signature().classes();
    List<Reliability> curves = new ArrayList<>();
    double squares = 0;
    for (int k = classes.size() == 2 ? 1 : 0; k < classes.size(); k++) {
      curves.add(curve(answers, k, classes.get(k)));
      for (int r = 0; r < answers.size(); r++) {
        double distance = answers.probability(k, r) - (answers.truth(r) == k ? 1 : 0);
        squares += distance * distance;
      }
    }
    return new LabelledCalibration(squares / answers.size(), curves);
  }

  private static Reliability curve(Answers answers, int k, String name) {
    double[] sums = new double[BINS];
    long[] hits = new long[BINS];
    long[] rows = new long[BINS];
    for (int r = 0; r < answers.size(); r++) {
      double probability = answers.probability(k, r);
      int bin = bin(probability);
      sums[bin] += probability;
      hits[bin] += answers.truth(r) == k ? 1 : 0;
      rows[bin]++;
    }
    return Reliability.of(name, sums, hits, rows);
  }

  /** The bin that ends at the probability or first above it, as scikit-learn has it. */
  private static int bin(double probability) {
    int bin = 0;
    while (bin < BINS - 1 && probability > (bin + 1) / (double) BINS) {
      bin++;
    }
    return bin;
  }

  /** The mean of the curves' expected calibration errors. */
  public double error() {
    return curves.stream().mapToDouble(Reliability::error).average().orElse(0);
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("brier", brier);
    map.put("error", error());
    map.put("curves", curves.stream().map(Reliability::toMap).toList());
    return map;
  }
}
