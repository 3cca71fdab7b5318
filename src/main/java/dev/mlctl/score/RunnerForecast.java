package dev.mlctl.score;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run is expected to take on one runner. Immutable.
 *
 * @param runner its name
 * @param installed whether it is part of this installation
 * @param workers how many
 * @param vcpus processors of each
 * @param start from the command to the first row
 * @param scoring from the first row to the last
 * @param memory what each worker's process needs, in bytes
 * @param limit what it can have, in bytes
 * @param cost in the price table's currency
 */
public record RunnerForecast(
    String runner,
    boolean installed,
    int workers,
    int vcpus,
    Duration start,
    Duration scoring,
    long memory,
    long limit,
    double cost) {
  /** From the command to its end. */
  public Duration time() {
    return start.plus(scoring);
  }

  /** Whether a worker has the memory it needs. */
  public boolean fits() {
    return memory <= limit;
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("runner", runner);
    map.put("installed", installed);
    map.put("workers", workers);
    map.put("vcpus_per_worker", vcpus);
    map.put("seconds", seconds(time()));
    map.put("start_seconds", seconds(start));
    map.put("scoring_seconds", seconds(scoring));
    map.put("memory_bytes_per_worker", memory);
    map.put("memory_limit_bytes_per_worker", limit);
    map.put("cost", cost);
    return map;
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }
}
