package dev.mlctl.monitor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the labels told of one slice.
 *
 * @param column that the slice is cut by
 * @param value of its rows, possibly empty
 * @param rows with a label
 * @param metrics by name; empty when the rows are too few
 * @param expected what the calibrated probabilities of these very rows promise; empty without
 *     probabilities or a calibration
 */
public record SlicePerformance(
    String column,
    String value,
    long rows,
    Map<String, Estimate> metrics,
    Map<String, Estimate> expected) {
  /** Copies. */
  public SlicePerformance {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
  }

  /** As a finding has it: {@code region=north}. */
  String text() {
    return column + "=" + value;
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", column);
    map.put("value", value);
    map.put("rows", rows);
    map.put("enough", !metrics.isEmpty());
    map.put("metrics", LabelReport.metricsMap(metrics));
    if (!expected.isEmpty()) {
      map.put("expected", LabelReport.metricsMap(expected));
    }
    return map;
  }
}
