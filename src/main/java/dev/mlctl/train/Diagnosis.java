package dev.mlctl.train;

import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import dev.mlctl.page.CurveCharts.Curve;
import dev.mlctl.page.Histogram;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person looks at besides the metrics, in as few numbers as a chart needs.
 *
 * @param roc a curve per class shown; empty for regression
 * @param calibration a curve per class shown; empty for regression
 * @param residuals actual less predicted; null for classification
 * @param learning null where the algorithm has no such curve
 */
record Diagnosis(
    List<Curve> roc, List<Curve> calibration, Histogram residuals, LearningCurve learning) {
  private static final int RESIDUAL_BINS = 40;

  Diagnosis {
    roc = List.copyOf(roc);
    calibration = List.copyOf(calibration);
  }

  static Diagnosis of(Signature signature, Judged judged, LearningCurve learning) {
    boolean regression = signature.task() == Task.REGRESSION;
    return new Diagnosis(
        ClassCurves.roc(signature.classes(), judged),
        ClassCurves.calibration(signature.classes(), judged),
        regression ? residuals(judged) : null,
        learning);
  }

  private static Histogram residuals(Judged judged) {
    double[] residuals = errors(judged);
    return Histogram.of("", residuals, residuals.length, RESIDUAL_BINS);
  }

  /** Actual less predicted, per row. */
  static double[] errors(Judged judged) {
    double[] errors = judged.examples().numbers().clone();
    Arrays.setAll(errors, r -> errors[r] - judged.outputs()[0][r]);
    return errors;
  }

  /** The fields it adds to the metrics' JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!roc.isEmpty()) {
      map.put("roc", curves(roc, "false_positive_rate", "true_positive_rate"));
      map.put("calibration", curves(calibration, "predicted", "observed"));
      map.put("calibration_error", ClassCurves.calibrationError(calibration));
    }
    if (residuals != null) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("edges", Arrays.stream(residuals.edges()).boxed().toList());
      one.put("counts", Arrays.stream(residuals.counts()).boxed().toList());
      map.put("residuals", one);
    }
    if (learning != null) {
      map.put("learning_curve", learning.toMap());
    }
    return map;
  }

  private static List<Map<String, Object>> curves(List<Curve> curves, String x, String y) {
    return curves.stream()
        .map(
            curve -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("class", curve.name());
              one.put(x, Arrays.stream(curve.x()).boxed().toList());
              one.put(y, Arrays.stream(curve.y()).boxed().toList());
              if (curve.weights().length > 0) {
                one.put("rows", Arrays.stream(curve.weights()).boxed().toList());
              }
              return one;
            })
        .toList();
  }
}
