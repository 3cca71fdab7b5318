package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What monitor.yaml may say of metrics that are estimated without labels. */
final class EstimateShape {
  static final List<String> METRICS = List.of("accuracy", "auc", "f1");

  private static final String BEFORE = "estimated_";
  private static final String AFTER = "_drop";

  /** A guess is a reason to look, not to act; whoever trusts it more gives a critical limit. */
  private static final double WARNING = 0.05;

  private EstimateShape() {}

  static Shape shape() {
    Shape limit = Shape.either(Shape.number(0, 1), Shape.oneOf(MonitorShape.NEVER));
    Shape limits =
        Shape.object(
            Key.optional("warning", limit, WARNING, "A warning from here on."),
            Key.optional("critical", limit, MonitorShape.NEVER, "Critical from here on."));
    return Shape.object(
        METRICS.stream()
            .map(
                metric ->
                    Key.optional(
                        metric + "_drop",
                        limits,
                        Map.of(),
                        "How far the estimate fell below that at training."))
            .toArray(Key[]::new));
  }

  /** The thresholds by statistic. */
  static Map<String, Threshold> read(Settings estimate, List<Problem> faults) {
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    for (String metric : METRICS) {
      String key = metric + "_drop";
      thresholds.put(
          statistic(metric), MonitorSpec.threshold(estimate, key, Threshold.NONE, faults));
    }
    return thresholds;
  }

  static String statistic(String metric) {
    return BEFORE + metric + AFTER;
  }

  static boolean isAbout(String statistic) {
    return statistic.startsWith(BEFORE);
  }

  /** The metric that a statistic is about. */
  static String metric(String statistic) {
    return statistic.substring(BEFORE.length(), statistic.length() - AFTER.length());
  }
}
