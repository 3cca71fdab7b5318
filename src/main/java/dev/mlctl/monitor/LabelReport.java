package dev.mlctl.monitor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the labels told.
 *
 * @param counts how labels and predictions met
 * @param metrics of the labelled predictions, by name; empty when no prediction has a label
 */
public record LabelReport(LabelCounts counts, Map<String, Estimate> metrics) {
  /** Copies. */
  public LabelReport {
    Objects.requireNonNull(counts, "counts");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** As JSON; what is not a finite number is left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(counts.toMap());
    Map<String, Object> byName = new LinkedHashMap<>();
    metrics.forEach(
        (name, estimate) -> {
          if (Double.isFinite(estimate.value()) && Double.isFinite(estimate.error())) {
            byName.put(name, estimateMap(estimate));
          }
        });
    map.put("metrics", byName);
    return map;
  }

  private static Map<String, Object> estimateMap(Estimate estimate) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", estimate.value());
    map.put("low", estimate.low());
    map.put("high", estimate.high());
    return map;
  }
}
