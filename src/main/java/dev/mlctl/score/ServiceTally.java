package dev.mlctl.score;

import dev.mlctl.data.Latencies;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well workers served some rows. Unlike all else that is counted it differs from run to run, so
 * nothing may depend on it. Immutable.
 *
 * @param latency of each batch from decoding to encoding, profile and challenger included, without
 *     reading it
 * @param loadNanos what it took to load the model, the longest of all workers; 0 when nobody knows
 */
record ServiceTally(Latencies latency, long loadNanos) {
  static final ServiceTally NONE = new ServiceTally(Latencies.NONE, 0);

  private static final String COUNTS = "latency_counts";
  private static final String LOAD = "model_load_ms";
  private static final double NANOS_PER_MILLI = 1e6;

  ServiceTally plus(ServiceTally other) {
    return new ServiceTally(latency.plus(other.latency), Math.max(loadNanos, other.loadNanos));
  }

  /** For the result of a part and for the run record. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("batches", latency.count());
    if (latency.count() > 0) {
      Map<String, Object> quantiles = new LinkedHashMap<>();
      quantiles.put("p50", rounded(latency.millis(0.5)));
      quantiles.put("p95", rounded(latency.millis(0.95)));
      quantiles.put("p99", rounded(latency.millis(0.99)));
      map.put("latency_ms", quantiles);
      map.put(COUNTS, latency.text());
    }
    if (loadNanos > 0) {
      map.put(LOAD, rounded(loadNanos / NANOS_PER_MILLI));
    }
    return map;
  }

  /** To a microsecond. */
  private static double rounded(double millis) {
    return Math.round(millis * 1e3) / 1e3;
  }

  /** A part that an earlier version finished has none. */
  static ServiceTally fromMap(Map<?, ?> map) {
    if (map == null) {
      return NONE;
    }
    return new ServiceTally(
        map.containsKey(COUNTS) ? Latencies.parse((String) map.get(COUNTS)) : Latencies.NONE,
        map.containsKey(LOAD)
            ? Math.round(((Number) map.get(LOAD)).doubleValue() * NANOS_PER_MILLI)
            : 0);
  }
}
