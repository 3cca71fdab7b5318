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
          "out_of_range",
          "constant");

  static final List<String> OF_RUNS =
      List.of(
          "rejected_ratio",
          "failed_runs",
          "latency_p50_ms",
          "latency_p95_ms",
          "latency_p99_ms",
          "model_load_ms",
          "staleness_hours",
          Staleness.STATISTIC);

  /** The one statistic of runs of which less is worse. */
  static final String SPEED = "rows_per_second";

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

  /** What a statistic is held against when monitor.yaml does not say. */
  static Threshold standard(String name) {
    Defaults defaults = DEFAULTS.get(name);
    return new Threshold(limit(defaults.warning()), limit(defaults.critical()));
  }

  /** A limit as the file has it. */
  static double limit(Object given) {
    return given instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
  }

  static Shape shape() {
    return Shape.object(
        Key.required("model", Shape.text(), "The release to judge, such as bikes@prod."),
        Key.optional(
            "runs", runs(), "Which runs to judge; those of the newest window if not given."),
        Key.optional(
            "windows",
            WindowSpec.shape(),
            Map.of(),
            "How runs are put together over time, and how many windows must breach."),
        Key.optional(
            "rules",
            RuleShape.shape(statistics()),
            List.of(),
            "What to be told of, where the thresholds do not say it all."),
        Staleness.key(),
        Key.optional("thresholds", thresholds(), Map.of(), "When to warn; a value or none."),
        Key.optional(
            "columns",
            Shape.mapOf(column()),
            "Thresholds of single columns, or that they are left out."),
        Key.optional(
            "min_rows",
            Shape.integer(1, Long.MAX_VALUE),
            50L,
            "With fewer rows the answer is not_enough_data."),
        Key.optional(
            "significance",
            Shape.number(0, 1),
            0.01,
            "The chance of any false alarm that is accepted, over all columns together."),
        Key.optional("labels", LabelsShape.shape(), "The truth, once it is known."),
        Key.optional(
            "estimate",
            EstimateShape.shape(),
            Map.of(),
            "When to warn of a classifier's metrics as estimated without labels."),
        Key.optional(
            "challenger",
            ChallengerRules.shape(),
            "When what is tried beside the release is promoted or dropped."),
        Key.optional("on_warning", Shape.oneOf("none"), "none", "What to do on a warning."),
        Key.optional(
            "on_critical",
            Shape.oneOf("none", "rollback"),
            "none",
            "What to do when a finding is critical."),
        Key.optional("actions", ActionsShape.shape(), Map.of(), "What to do about alerts."));
  }

  /** Everything that a rule can be about. */
  private static List<String> statistics() {
    List<String> names = new ArrayList<>(OF_COLUMNS);
    names.add("chi_squared");
    names.addAll(OF_RUNS);
    names.add(SPEED);
    names.addAll(OF_METRICS);
    EstimateShape.METRICS.forEach(metric -> names.add(EstimateShape.statistic(metric)));
    return names;
  }

  private static Shape runs() {
    return Shape.object(
        Key.optional("last", Shape.integer(1, 1_000_000), "The newest so many runs."),
        Key.optional(
            "since", Shape.text(), "Runs since a time (\"2026-01-31T00:00:00Z\") or for PT24H."),
        Key.optional("id", Shape.textOrList(), "Runs by their ids."));
  }

  private static Shape thresholds() {
    List<Key> keys = new ArrayList<>(DriftSpec.keys());
    OF_COLUMNS.forEach(name -> keys.add(withDefaults(name)));
    OF_RUNS.forEach(name -> keys.add(withDefaults(name)));
    keys.add(withDefaults(SPEED));
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

  private static Key withDefaults(String name) {
    Defaults defaults = DEFAULTS.get(name);
    String way = name.equals(SPEED) ? "down." : "on.";
    Shape shape =
        Shape.object(
            Key.optional("warning", limit(), defaults.warning(), "A warning from here " + way),
            Key.optional("critical", limit(), defaults.critical(), "Critical from here " + way));
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
    map.put("constant", new Defaults(1.0, NEVER, "1 when all values are one and varied before."));
    map.put("rejected_ratio", new Defaults(0.01, 0.05, "Rows rejected of rows read."));
    map.put("failed_runs", new Defaults(1.0, NEVER, "Runs that failed among those judged."));
    map.put(SPEED, new Defaults(NEVER, NEVER, "Rows read per second; less is worse."));
    for (String share : List.of("50", "95", "99")) {
      String doc = "Milliseconds within which " + share + " % of the batches are scored.";
      map.put("latency_p" + share + "_ms", new Defaults(NEVER, NEVER, doc));
    }
    map.put("model_load_ms", new Defaults(NEVER, NEVER, "Milliseconds to load the model."));
    map.put("staleness_hours", new Defaults(NEVER, NEVER, "Hours since the last run ended."));
    map.put(
        Staleness.STATISTIC,
        new Defaults(1.5, 3.0, "Time since the last run, as a multiple of expected_every."));
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
