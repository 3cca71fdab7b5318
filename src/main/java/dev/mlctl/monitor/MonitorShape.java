package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What monitor.yaml may say, with every default. */
final class MonitorShape {
  static final String NEVER = "none";

  /** The statistics a column may have its own thresholds for. */
  static final List<String> OF_COLUMNS =
      List.of(
          "psi",
          "jensen_shannon",
          "ks",
          "wasserstein",
          "missing_increase",
          "new_categories",
          "out_of_range");

  static final List<String> OF_RUNS = List.of("rejected_ratio", "failed_runs", "staleness_hours");

  static final List<String> OF_METRICS =
      List.of(
          "rmse_ratio",
          "mae_ratio",
          "log_loss_ratio",
          "r2_drop",
          "accuracy_drop",
          "auc_drop",
          "f1_drop");

  private record Defaults(Object warning, Object critical, String doc) {}

  private static final Map<String, Defaults> DEFAULTS = defaults();

  private MonitorShape() {}

  static Shape shape() {
    return Shape.object(
        Key.required("model", Shape.text(), "The release to judge, such as bikes@prod."),
        Key.optional("runs", runs(), Map.of(), "Which runs to judge; the last one by default."),
        Key.optional("thresholds", thresholds(), Map.of(), "When to warn; a value or none."),
        Key.optional(
            "columns",
            Shape.mapOf(column()),
            "Thresholds of single columns, or that they are left out."),
        Key.optional(
            "min_rows",
            Shape.integer(1, Long.MAX_VALUE),
            200L,
            "With fewer rows the answer is not_enough_data."),
        Key.optional(
            "significance",
            Shape.number(0, 1),
            0.01,
            "The chance of any false alarm that is accepted, over all columns together."),
        Key.optional("labels", labels(), "The truth, once it is known."),
        Key.optional(
            "challenger",
            ChallengerRules.shape(),
            "When what is tried beside the release is promoted or dropped."),
        Key.optional("on_warning", Shape.oneOf("none"), "none", "What to do on a warning."),
        Key.optional(
            "on_critical",
            Shape.oneOf("none", "rollback"),
            "none",
            "What to do when a finding is critical."));
  }

  private static Shape runs() {
    return Shape.object(
        Key.optional("last", Shape.integer(1, 1_000_000), "The newest so many runs."),
        Key.optional(
            "since", Shape.text(), "Runs since a time (\"2026-01-31T00:00:00Z\") or for PT24H."),
        Key.optional("id", Shape.textOrList(), "Runs by their ids."));
  }

  private static Shape thresholds() {
    List<Key> keys = new ArrayList<>();
    OF_COLUMNS.forEach(name -> keys.add(withDefaults(name)));
    OF_RUNS.forEach(name -> keys.add(withDefaults(name)));
    Shape metrics =
        Shape.object(OF_METRICS.stream().map(MonitorShape::withDefaults).toArray(Key[]::new));
    keys.add(
        Key.optional("metrics", metrics, Map.of(), "How much worse than at training, by labels."));
    return Shape.object(keys.toArray(Key[]::new));
  }

  private static Shape column() {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.optional("ignore", Shape.bool(), false, "Whether the column is left out."));
    for (String name : OF_COLUMNS) {
      keys.add(
          Key.optional(
              name,
              Shape.object(
                  Key.optional("warning", limit(), "Instead of the general one."),
                  Key.optional("critical", limit(), "Instead of the general one.")),
              DEFAULTS.get(name).doc()));
    }
    return Shape.object(keys.toArray(Key[]::new));
  }

  private static Shape labels() {
    return Shape.object(
        Key.required("path", Shape.text(), "A CSV, JSON-lines, Parquet or Avro file."),
        Key.required("key", Shape.text(), "The column that names a row, here and in the output."),
        Key.optional(
            "target", Shape.text(), "The column of the truth; the model's target if not."));
  }

  private static Key withDefaults(String name) {
    Defaults defaults = DEFAULTS.get(name);
    Shape shape =
        Shape.object(
            Key.optional("warning", limit(), defaults.warning(), "A warning from here on."),
            Key.optional("critical", limit(), defaults.critical(), "Critical from here on."));
    return Key.optional(name, shape, Map.of(), defaults.doc());
  }

  private static Shape limit() {
    return Shape.either(Shape.number(0, Double.MAX_VALUE), Shape.oneOf(NEVER));
  }

  private static Map<String, Defaults> defaults() {
    Map<String, Defaults> map = new LinkedHashMap<>();
    map.put("psi", new Defaults(0.1, 0.25, "Population stability index."));
    map.put("jensen_shannon", new Defaults(0.1, 0.2, "Jensen-Shannon distance, base 2."));
    map.put("ks", new Defaults(NEVER, NEVER, "Kolmogorov-Smirnov distance over bins."));
    map.put(
        "wasserstein",
        new Defaults(NEVER, NEVER, "Wasserstein distance in standard deviations, over bins."));
    map.put("missing_increase", new Defaults(0.02, 0.1, "Missing values, more than before."));
    map.put("new_categories", new Defaults(0.01, 0.05, "Values that are no known category."));
    map.put("out_of_range", new Defaults(0.01, 0.05, "Values outside the baseline's range."));
    map.put("rejected_ratio", new Defaults(0.01, 0.05, "Rows rejected of rows read."));
    map.put("failed_runs", new Defaults(1.0, NEVER, "Runs that failed among those judged."));
    map.put("staleness_hours", new Defaults(NEVER, NEVER, "Hours since the last run ended."));
    for (String name : OF_METRICS) {
      boolean ratio = name.endsWith("_ratio");
      map.put(
          name,
          ratio
              ? new Defaults(1.1, 1.25, "The metric on labels, as a multiple of that at training.")
              : new Defaults(0.02, 0.05, "How far the metric fell below that at training."));
    }
    return map;
  }
}
