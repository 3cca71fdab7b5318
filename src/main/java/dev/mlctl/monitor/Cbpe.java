package dev.mlctl.monitor;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Calibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Confidence-based performance estimation, as NannyML's documentation describes it, from counts in
 * bins: the probabilities are calibrated by isotonic regression on the rows held out at training;
 * each bin's calibrated share then tells how many of its rows are of the class. Immutable.
 */
final class Cbpe {
  private static final int DRAWS = 200;

  /** The same counts must always give the same verdict. */
  private static final long SEED = 20260801;

  private final List<CalibratedClass> classes;

  private Cbpe(List<CalibratedClass> classes) {
    this.classes = classes;
  }

  /** Learns from a bundle in which nothing is {@link #missing}. */
  static Cbpe of(Bundle bundle) {
    List<Calibration.Curve> curves = bundle.calibration().orElseThrow().curves();
    return new Cbpe(
        IntStream.range(firstClass(curves.size()), curves.size())
            .mapToObj(k -> new CalibratedClass(k, curves.get(k), bundle.baseline()))
            .toList());
  }

  /** Of two classes the second one tells all. */
  static int firstClass(int classes) {
    return classes == 2 ? 1 : 0;
  }

  /** Why nothing can be estimated for the model of a bundle, or empty. */
  static String missing(Bundle bundle) {
    Profile baseline = bundle.baseline();
    int classes = bundle.signature().classes().size();
    if (classes == 0) {
      return "only a classifier's performance can be estimated";
    } else if (bundle.calibration().isEmpty()) {
      return "the bundle has no calibration: no rows were held out from training, or it is of an"
          + " earlier mlctl";
    } else if (!IntStream.range(0, classes).allMatch(k -> CalibratedClass.tellsHalf(baseline, k))) {
      return "the baseline's bins do not tell which class was predicted";
    }
    return scored(baseline) == 0 ? "no rows were held out" : "";
  }

  /** Rows with a probability. */
  static long scored(Profile profile) {
    return profile.outputs().size() < 2 ? 0 : ((NumberProfile) profile.outputs().get(1)).present();
  }

  /** The metrics that are expected. */
  Map<String, Double> expected(BinCounts counts) {
    return ExpectedMetrics.of(classes.stream().map(c -> c.expected(counts)).toList());
  }

  /**
   * The same with how far the metrics that labels would give may lie from them: one standard
   * deviation of draws of the calibration and of the labels.
   */
  Map<String, Estimate> estimates(BinCounts counts) {
    Random random = new Random(SEED);
    Map<String, List<Double>> drawn = new LinkedHashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      ExpectedMetrics.of(classes.stream().map(c -> c.drawn(counts, random)).toList())
          .forEach((name, v) -> drawn.computeIfAbsent(name, k -> new ArrayList<>()).add(v));
    }
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    expected(counts)
        .forEach(
            (name, value) -> {
              double error = Performance.deviation(drawn.getOrDefault(name, List.of()));
              estimates.put(name, new Estimate(value, error));
            });
    return estimates;
  }
}
