package dev.mlctl.monitor;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Calibration;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The metrics a classifier probably has on rows whose truth nobody knows yet, by {@code Cbpe}. It
 * follows a change of who is scored, and is blind to a change of what the features mean.
 *
 * @param reason why there is none, or empty
 * @param metrics by name; empty when there is none
 * @param atTraining the same estimate for the rows held out at training
 * @param rows behind the estimate
 * @param heldOut rows behind the calibration
 * @param curves how the probabilities came true on these: of the second class with two classes, of
 *     each with more
 */
public record EstimatedPerformance(
    String reason,
    Map<String, Estimate> metrics,
    Map<String, Double> atTraining,
    long rows,
    long heldOut,
    List<Reliability> curves) {
  /** What an estimate is and is not; part of every finding and report. */
  static final String CAVEAT =
      "an estimate from calibrated probabilities, not measured; it cannot see a changed relation "
          + "between features and target";

  private static final double ERRORS = 2;

  /** Copies. */
  public EstimatedPerformance {
    Objects.requireNonNull(reason, "reason");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    atTraining = Collections.unmodifiableMap(new LinkedHashMap<>(atTraining));
    curves = List.copyOf(curves);
  }

  /** Estimates the metrics of the rows that a profile counts. */
  static EstimatedPerformance of(Bundle bundle, Profile current) {
    String missing = Cbpe.missing(bundle);
    String reason =
        missing.isEmpty() && Cbpe.scored(current) == 0 ? "no rows were scored" : missing;
    if (!reason.isEmpty()) {
      return new EstimatedPerformance(reason, Map.of(), Map.of(), 0, 0, List.of());
    }
    Cbpe cbpe = Cbpe.of(bundle);
    return new EstimatedPerformance(
        "",
        cbpe.estimates(BinCounts.of(current)),
        cbpe.expected(BinCounts.of(bundle.baseline())),
        Cbpe.scored(current),
        Cbpe.scored(bundle.baseline()),
        curves(bundle));
  }

  private static List<Reliability> curves(Bundle bundle) {
    List<Calibration.Curve> held = bundle.calibration().orElseThrow().curves();
    return IntStream.range(Cbpe.firstClass(held.size()), held.size())
        .mapToObj(
            k -> {
              long[] rows = ((NumberProfile) bundle.baseline().outputs().get(k + 1)).counts();
              double[] sums = held.get(k).means();
              Arrays.setAll(sums, b -> sums[b] * rows[b]);
              String name = bundle.signature().classes().get(k);
              return Reliability.of(name, sums, held.get(k).positives(), rows);
            })
        .toList();
  }

  /** One finding a metric; none without an estimate or with too few rows to tell. */
  List<Finding> findings(MonitorSpec spec) {
    List<Finding> findings = new ArrayList<>();
    if (rows >= spec.minRows() && heldOut >= spec.minRows()) {
      metrics.keySet().stream()
          .filter(atTraining::containsKey)
          .forEach(metric -> findings.add(finding(spec, metric, metrics.get(metric))));
    }
    return findings;
  }

  private Finding finding(MonitorSpec spec, String metric, Estimate now) {
    String statistic = EstimateShape.statistic(metric);
    Threshold threshold = spec.threshold(statistic);
    double before = atTraining.get(metric);
    double drop = before - now.value();
    Severity severity = threshold.judge(drop);
    boolean chance = severity != Severity.OK && drop < ERRORS * now.error();
    String note =
        String.format(
            Locale.ROOT,
            "%s%s about %.4g (95 %%: %.4g to %.4g), so estimated at training %.4g: %s",
            chance ? "may be chance: " : "",
            metric,
            now.value(),
            now.low(),
            now.high(),
            before,
            CAVEAT);
    return new Finding(
        About.PERFORMANCE,
        "",
        statistic,
        drop,
        threshold,
        heldOut,
        rows,
        Double.NaN,
        chance ? Severity.OK : severity,
        note);
  }

  /** The mean of the curves' expected calibration errors, on the rows held out. */
  public double calibrationError() {
    return curves.stream().mapToDouble(Reliability::error).average().orElse(0);
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("available", reason.isEmpty());
    if (!reason.isEmpty()) {
      map.put("reason", reason);
      return map;
    }
    map.put("note", CAVEAT);
    map.put("rows", rows);
    map.put("held_out_rows", heldOut);
    Map<String, Object> byName = new LinkedHashMap<>();
    metrics.forEach((name, now) -> byName.put(name, metricMap(now, atTraining.get(name))));
    map.put("metrics", byName);
    map.put("calibration_error", calibrationError());
    map.put("calibration", curves.stream().map(Reliability::toMap).toList());
    return map;
  }

  private static Map<String, Object> metricMap(Estimate now, Double before) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", now.value());
    map.put("low", now.low());
    map.put("high", now.high());
    if (before != null) {
      map.put("at_training", before);
    }
    return map;
  }
}
