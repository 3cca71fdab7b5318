package dev.mlctl.monitor;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to judge and how strictly: monitor.yaml, checked. Immutable.
 *
 * @param model the reference of the release, such as {@code bikes@prod}
 * @param runs which run records to look at
 * @param thresholds by statistic; those of metrics under their own names, such as {@code
 *     rmse_ratio}
 * @param columns what differs for single columns, by name
 * @param minRows with fewer rows on either side nothing is judged
 * @param significance accepted chance of any false alarm over all columns together, 0 to 1
 * @param labels the truth, if it is known
 * @param rollbackOnCritical whether a critical report asks for a rollback
 * @param challenger when what is tried beside the release is promoted or dropped
 */
public record MonitorSpec(
    String model,
    RunSelection runs,
    Map<String, Threshold> thresholds,
    Map<String, ColumnRule> columns,
    long minRows,
    double significance,
    Optional<LabelSource> labels,
    boolean rollbackOnCritical,
    Optional<ChallengerRules> challenger) {
  /** What monitor.yaml may say. */
  public static final Shape SHAPE = MonitorShape.shape();

  /** Copies and checks that no part is null. */
  public MonitorSpec {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(challenger, "challenger");
    thresholds = Map.copyOf(thresholds);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The specification when there is no file. */
  public static MonitorSpec defaults(String reference) {
    Settings settings =
        ConfigFile.parse("defaults", "model: any", SHAPE, List.of(), variable -> null, Path.of(""));
    return from(settings, Path.of("")).withModel(reference);
  }

  /**
   * Promotes a checked file.
   *
   * @param settings read with {@link #SHAPE}
   * @param directory what relative paths are relative to: the file's own directory
   * @throws Failure of kind USAGE with every fault that a shape cannot see: more than one way to
   *     choose runs, a warning above its critical threshold, a time that is none
   */
  public static MonitorSpec from(Settings settings, Path directory) {
    List<Problem> faults = new ArrayList<>();
    Map<String, Threshold> thresholds = general(settings.section("thresholds"), faults);
    Map<String, ColumnRule> columns = new LinkedHashMap<>();
    settings
        .sectionMap("columns")
        .forEach((name, rule) -> columns.put(name, columnRule(rule, thresholds, faults)));
    RunSelection runs = runs(settings.section("runs"), faults);
    Optional<LabelSource> labels =
        settings.has("labels")
            ? labels(settings.section("labels"), directory, faults)
            : Optional.empty();
    Optional<ChallengerRules> challenger =
        settings.has("challenger")
            ? Optional.of(ChallengerRules.from(settings.section("challenger"), faults))
            : Optional.empty();
    if (!faults.isEmpty()) {
      throw new Failure(FailureKind.USAGE, faults, null);
    }
    return new MonitorSpec(
        settings.text("model"),
        runs,
        thresholds,
        columns,
        settings.longInteger("min_rows"),
        settings.number("significance"),
        labels,
        settings.text("on_critical").equals("rollback"),
        challenger);
  }

  /** The same for another release. */
  public MonitorSpec withModel(String reference) {
    return new MonitorSpec(
        reference,
        runs,
        thresholds,
        columns,
        minRows,
        significance,
        labels,
        rollbackOnCritical,
        challenger);
  }

  /** The same for other runs. */
  public MonitorSpec withRuns(RunSelection selection) {
    return new MonitorSpec(
        model,
        selection,
        thresholds,
        columns,
        minRows,
        significance,
        labels,
        rollbackOnCritical,
        challenger);
  }

  /** The same with labels. */
  public MonitorSpec withLabels(LabelSource source) {
    return withLabels(Optional.of(source));
  }

  /** The same with other labels or none. */
  MonitorSpec withLabels(Optional<LabelSource> source) {
    return new MonitorSpec(
        model,
        runs,
        thresholds,
        columns,
        minRows,
        significance,
        source,
        rollbackOnCritical,
        challenger);
  }

  /** What a statistic of a column is held against. */
  Threshold threshold(String column, String statistic) {
    ColumnRule rule = columns.get(column);
    Threshold own = rule == null ? null : rule.thresholds().get(statistic);
    return own == null ? threshold(statistic) : own;
  }

  Threshold threshold(String statistic) {
    return thresholds.getOrDefault(statistic, Threshold.NONE);
  }

  boolean ignores(String column) {
    return columns.containsKey(column) && columns.get(column).ignore();
  }

  private static Map<String, Threshold> general(Settings settings, List<Problem> faults) {
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    Settings metrics = settings.section("metrics");
    for (String name : MonitorShape.OF_COLUMNS) {
      thresholds.put(name, threshold(settings, name, Threshold.NONE, faults));
    }
    for (String name : MonitorShape.OF_RUNS) {
      thresholds.put(name, threshold(settings, name, Threshold.NONE, faults));
    }
    for (String name : MonitorShape.OF_METRICS) {
      thresholds.put(name, threshold(metrics, name, Threshold.NONE, faults));
    }
    return thresholds;
  }

  private static ColumnRule columnRule(
      Settings rule, Map<String, Threshold> general, List<Problem> faults) {
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    for (String name : MonitorShape.OF_COLUMNS) {
      if (rule.has(name)) {
        thresholds.put(name, threshold(rule, name, general.get(name), faults));
      }
    }
    return new ColumnRule(rule.bool("ignore"), thresholds, rule.at());
  }

  private static Threshold threshold(
      Settings settings, String name, Threshold general, List<Problem> faults) {
    Settings section = settings.section(name);
    double warning = limit(section, "warning", general.warning());
    double critical = limit(section, "critical", general.critical());
    if (warning > critical && warning < Double.POSITIVE_INFINITY) {
      faults.add(
          settings
              .problem(
                  name,
                  "%s: the warning threshold %s is above the critical one %s"
                      .formatted(name, warning, critical))
              .hint("give both, the warning first to be reached"));
    }
    return new Threshold(warning, critical);
  }

  private static double limit(Settings section, String key, double otherwise) {
    if (!section.has(key)) {
      return otherwise;
    }
    return section.scalar(key) instanceof Number number
        ? number.doubleValue()
        : Double.POSITIVE_INFINITY;
  }

  private static RunSelection runs(Settings runs, List<Problem> faults) {
    if (runs.keys().size() > 1) {
      faults.add(
          runs.problem(runs.keys().get(1), "runs are chosen in more than one way")
              .hint("give one of last, since and id"));
    } else if (runs.has("id")) {
      List<String> ids = runs.texts("id");
      if (!ids.isEmpty()) {
        return new RunSelection.Named(ids);
      }
      faults.add(runs.problem("id", "no run is named"));
    } else if (runs.has("since")) {
      return since(runs, faults);
    } else if (runs.has("last")) {
      return new RunSelection.Last(runs.integer("last"));
    }
    return new RunSelection.Last(1);
  }

  private static RunSelection since(Settings runs, List<Problem> faults) {
    try {
      return since(runs.text("since"));
    } catch (DateTimeException | ArithmeticException e) {
      faults.add(
          runs.problem("since", "\"" + runs.text("since") + "\" is no time and no duration")
              .hint("write P7D, PT24H or \"2026-01-31T00:00:00Z\""));
      return new RunSelection.Last(1);
    }
  }

  /**
   * Reads a time or a duration.
   *
   * @param text ISO 8601: {@code P7D}, {@code PT24H}, {@code 2026-01-31T00:00:00Z}
   * @throws DateTimeException when it is neither
   */
  public static RunSelection since(String text) {
    if (text.startsWith("P")) {
      Duration age = Duration.parse(text);
      if (age.isNegative()) {
        throw new DateTimeException("a negative duration");
      }
      return new RunSelection.Within(age);
    }
    return new RunSelection.Since(Instant.parse(text));
  }

  private static Optional<LabelSource> labels(
      Settings labels, Path directory, List<Problem> faults) {
    Optional<String> target =
        labels.has("target") ? Optional.of(labels.text("target")) : Optional.empty();
    try {
      return Optional.of(
          new LabelSource(directory.resolve(labels.text("path")), labels.text("key"), target));
    } catch (InvalidPathException e) {
      faults.add(labels.problem("path", "not a path: " + e.getReason()));
      return Optional.empty();
    }
  }
}
