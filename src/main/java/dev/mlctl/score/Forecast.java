package dev.mlctl.score;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of score is expected to take on each runner, and what that is based on. Immutable.
 *
 * @param model the reference that would be scored with, pinned
 * @param input how much there is to score
 * @param sample how fast a part of it was scored here
 * @param runners the runners, the direct one first
 * @param advice which one to take
 * @param prices whose they are and when they were valid, and the currency of the costs
 * @param sources where each kind of figure comes from, with its value: measured here, from the
 *     price table, or assumed
 */
public record Forecast(
    String model,
    InputMeasure input,
    SampleTiming sample,
    List<RunnerForecast> runners,
    Advice advice,
    PriceTable prices,
    Map<String, String> sources) {
  /** Copies. */
  public Forecast {
    runners = List.copyOf(runners);
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }

  /** The forecast as it is printed in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("model", model);
    map.put("input", input.toMap());
    map.put("sample", sample.toMap());
    map.put("runners", runners.stream().map(RunnerForecast::toMap).toList());
    map.put("advice", pair("runner", advice.runner(), "reason", advice.reason()));
    map.put("currency", prices.currency());
    map.put("prices", pair("date", prices.date(), "source", prices.source()));
    map.put("sources", sources);
    return map;
  }

  /** In this order: {@code Map.of} has another in every process. */
  private static Map<String, Object> pair(String key, String value, String other, String its) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(other, its);
    return map;
  }
}
