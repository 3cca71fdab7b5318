package dev.mlctl.monitor;

import dev.mlctl.data.Latencies;
import java.util.Map;

/**
 * How fast a run answered. Immutable.
 *
 * @param latency of its batches; none in records of before
 * @param modelLoadMillis 0 when it was not measured
 */
record RunService(Latencies latency, double modelLoadMillis) {
  /**
   * Reads what score wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static RunService from(Map<?, ?> service) {
    Object counts = service.get("latency_counts");
    Object load = service.get("model_load_ms");
    return new RunService(
        counts == null ? Latencies.NONE : Latencies.parse((String) counts),
        load == null ? 0 : ((Number) load).doubleValue());
  }
}
