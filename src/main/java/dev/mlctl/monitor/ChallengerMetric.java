package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A metric of champion and challenger on the same labelled rows.
 *
 * @param name of the metric
 * @param champion the champion's value
 * @param challenger the challenger's value
 * @param gain by which share of the champion's value the challenger is better; below 0 it is worse
 * @param error the gain's standard error by the paired bootstrap
 */
public record ChallengerMetric(
    String name, double champion, double challenger, double gain, double error) {
  /**
   * Standard errors that a gain must be away from none. It is looked at again with each run, so the
   * usual two would cry wolf.
   */
  static final double ERRORS = 3;

  private static final int RESAMPLES = 200;
  private static final int LARGEST_RESAMPLE = 5000;

  /** The same labels must always give the same verdict. */
  private static final long SEED = 20261126;

  /**
   * Every metric, its gain's error from resamples of the pairs (Efron, 1979: what the two have in
   * common cancels out); with more than 5000 pairs from resamples of 5000, scaled by the root of
   * the sizes' ratio.
   */
  static List<ChallengerMetric> of(ChallengerJoin.Pairs pairs) {
    Map<String, Double> champion = pairs.champion().metrics();
    Map<String, Double> challenger = pairs.challenger().metrics();
    Map<String, List<Double>> resampled = resampled(pairs);
    double scale = Math.sqrt(Math.min(1, (double) LARGEST_RESAMPLE / pairs.rows()));
    List<ChallengerMetric> metrics = new ArrayList<>();
    champion.forEach(
        (name, value) -> {
          Double other = challenger.get(name);
          if (other != null) {
            double error = scale * Performance.deviation(resampled.getOrDefault(name, List.of()));
            metrics.add(new ChallengerMetric(name, value, other, gain(name, value, other), error));
          }
        });
    return metrics;
  }

  private static Map<String, List<Double>> resampled(ChallengerJoin.Pairs pairs) {
    int n = pairs.rows();
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, List<Double>> resampled = new LinkedHashMap<>();
    for (int i = 0; i < RESAMPLES; i++) {
      int[] rows = random.ints(Math.min(n, LARGEST_RESAMPLE), 0, n).toArray();
      Map<String, Double> challenger = pairs.challenger().metrics(rows);
      pairs
          .champion()
          .metrics(rows)
          .forEach(
              (name, value) -> {
                if (challenger.containsKey(name)) {
                  resampled
                      .computeIfAbsent(name, key -> new ArrayList<>())
                      .add(gain(name, value, challenger.get(name)));
                }
              });
    }
    return resampled;
  }

  /** By which share of the champion's value the challenger's is better. */
  static double gain(String metric, double champion, double challenger) {
    double better = Metrics.greaterIsBetter(metric) ? challenger - champion : champion - challenger;
    return better == 0 ? 0 : better / Math.abs(champion);
  }

  /** The lower end of the gain's interval, three standard errors below it. */
  public double low() {
    return gain - ERRORS * error;
  }

  /** The upper end of the gain's interval, three standard errors above it. */
  public double high() {
    return gain + ERRORS * error;
  }

  /** As JSON; what is not a finite number is left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("metric", name);
    put(map, "champion", champion);
    put(map, "challenger", challenger);
    put(map, "gain", gain);
    put(map, "low", low());
    put(map, "high", high());
    return map;
  }

  private static void put(Map<String, Object> map, String key, double value) {
    if (Double.isFinite(value)) {
      map.put(key, value);
    }
  }
}
