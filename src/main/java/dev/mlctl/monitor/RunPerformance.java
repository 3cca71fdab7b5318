package dev.mlctl.monitor;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the labels told of one run.
 *
 * @param id of the run
 * @param started when
 * @param predictions its predictions that no newer run answered
 * @param labelled how many of them have a label yet
 * @param lowCoverage whether these are too few of them for the metrics to stand for the run
 * @param metrics of the labelled ones, by name; empty when there is none
 */
public record RunPerformance(
    String id,
    Instant started,
    long predictions,
    long labelled,
    boolean lowCoverage,
    Map<String, Estimate> metrics) {
  /** Copies. */
  public RunPerformance {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The share of the predictions that have a label yet; 0 when there are no predictions. */
  public double coverage() {
    return predictions == 0 ? 0 : (double) labelled / predictions;
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("started", started.toString());
    map.put("predictions", predictions);
    map.put("labelled", labelled);
    map.put("coverage", coverage());
    map.put("low_coverage", lowCoverage);
    map.put("metrics", LabelReport.metricsMap(metrics));
    return map;
  }
}
