package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric as it was at training, and how much worse it may become.
 *
 * @param value on the rows held out
 * @param greaterIsBetter whether a greater value is a better one
 * @param worsening by how much: of what is better the greater the difference, of the others the
 *     ratio
 */
public record TrainedMetric(double value, boolean greaterIsBetter, Threshold worsening) {
  /** The metrics of a bundle by name. */
  static Map<String, TrainedMetric> of(MonitorSpec spec, Map<String, Double> metrics) {
    Map<String, TrainedMetric> trained = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) ->
            trained.put(
                name,
                new TrainedMetric(
                    value,
                    Metrics.greaterIsBetter(name),
                    spec.threshold(Performance.statistic(name)))));
    return trained;
  }

  /** From which value on the metric is a warning; not finite for never. */
  public double warning() {
    return level(worsening.warning());
  }

  /** From which value on the metric is critical; not finite for never. */
  public double critical() {
    return level(worsening.critical());
  }

  private double level(double limit) {
    return greaterIsBetter ? value - limit : value * limit;
  }
}
