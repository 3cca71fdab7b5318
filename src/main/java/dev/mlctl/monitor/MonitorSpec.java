package dev.mlctl.monitor;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to judge and how strictly: monitor.yaml, checked. Immutable.
 *
 * @param model the reference of the release, such as {@code bikes@prod}
 * @param runs which run records to judge; empty for those of the newest window
 * @param thresholds by statistic; those of metrics under their own names, such as {@code
 *     rmse_ratio}
 * @param drift which statistic of drift decides
 * @param columns what differs for single columns, by name
 * @param minRows with fewer rows on either side nothing is judged
 * @param significance accepted chance of any false alarm over all columns together, 0 to 1
 * @param windows how runs are put together over time
 * @param rules what to be told of beyond the thresholds
 * @param expectedEvery how often the release is scored with, if that is known
 * @param labels the truth, if it is known
 * @param actions what to do about alerts
 * @param challenger when what is tried beside the release is promoted or dropped
 */
public record MonitorSpec(
    String model,
    Optional<RunSelection> runs,
    Map<String, Threshold> thresholds,
    DriftSpec drift,
    Map<String, ColumnRule> columns,
    long minRows,
    double significance,
    WindowSpec windows,
    List<Rule> rules,
    Optional<Duration> expectedEvery,
    Optional<LabelSource> labels,
    ActionsSpec actions,
    Optional<ChallengerRules> challenger) {
  /** What monitor.yaml may say. */
  public static final Shape SHAPE = MonitorShape.shape();

  /** Copies and checks that no part is null. */
  public MonitorSpec {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(windows, "windows");
    Objects.requireNonNull(expectedEvery, "expectedEvery");
    Objects.requireNonNull(labels, "labels");
    rules = List.copyOf(rules);
    Objects.requireNonNull(actions, "actions");
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
    Optional<RunSelection> runs =
        settings.has("runs")
            ? Optional.of(runs(settings.section("runs"), faults))
            : Optional.empty();
    WindowSpec windows = WindowSpec.from(settings.section("windows"), faults);
    List<Rule> rules = RuleShape.from(settings.sections("rules"), windows, faults);
    Optional<Duration> expectedEvery = Staleness.read(settings, faults);
    thresholds.putAll(EstimateShape.read(settings.section("estimate"), faults));
    Optional<LabelSource> labels = LabelsShape.read(settings, directory, faults);
    ActionsSpec actions = ActionReader.read(settings, directory, faults);
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
        DriftSpec.from(settings.section("thresholds")),
        columns,
        settings.longInteger("min_rows"),
        settings.number("significance"),
        windows,
        rules,
        expectedEvery,
        labels,
        actions,
        challenger);
  }

  /** The same for another release. */
  public MonitorSpec withModel(String reference) {
    return with(reference, runs, labels);
  }

  /** The same for other runs. */
  public MonitorSpec withRuns(RunSelection selection) {
    return with(model, Optional.of(selection), labels);
  }

  /** The same with labels. */
  public MonitorSpec withLabels(LabelSource source) {
    return with(model, runs, Optional.of(source));
  }

  /** The same runs and thresholds by themselves: no labels, no rules, and nothing is done. */
  MonitorSpec thresholdsOnly() {
    return new MonitorSpec(
        model,
        runs,
        thresholds,
        drift,
        columns,
        minRows,
        significance,
        WindowSpec.DEFAULT,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        ActionsSpec.NONE,
        Optional.empty());
  }

  private MonitorSpec with(
      String reference, Optional<RunSelection> selection, Optional<LabelSource> source) {
    return new MonitorSpec(
        reference,
        selection,
        thresholds,
        drift,
        columns,
        minRows,
        significance,
        windows,
        rules,
        expectedEvery,
        source,
        actions,
        challenger);
  }

  /** Whether a critical report asks for a rollback. */
  public boolean rollbackOnCritical() {
    return actions.rollsBackOnCritical();
  }

  /** What a statistic of a column is held against. */
  Threshold threshold(String column, String statistic) {
    ColumnRule own = columns.get(column);
    Threshold general = thresholds.getOrDefault(statistic, Threshold.NONE);
    Threshold threshold = own == null ? general : own.thresholds().getOrDefault(statistic, general);
    for (Rule rule : rules) {
      if (rule.isAbout(column, "", statistic)) {
        threshold = rule.over(threshold);
      }
    }
    return threshold;
  }

  /** What a statistic of the model as a whole, or of its runs, is held against. */
  Threshold threshold(String statistic) {
    return threshold("", statistic);
  }

  /** The slices that rules are about, as in {@code region=north}. */
  Set<String> slices() {
    Set<String> slices = new LinkedHashSet<>();
    rules.forEach(rule -> rule.slice().ifPresent(slices::add));
    return slices;
  }

  /** The same with the rules about a slice, as if they were about all rows, and no others. */
  MonitorSpec ofSlice(String slice) {
    List<Rule> own =
        rules.stream()
            .filter(rule -> rule.slice().equals(Optional.of(slice)))
            .map(Rule::ofAllRows)
            .toList();
    return new MonitorSpec(
        model,
        runs,
        thresholds,
        drift,
        columns,
        minRows,
        significance,
        windows,
        own,
        expectedEvery,
        labels,
        actions,
        challenger);
  }

  /** How many of the newest windows some rule or threshold looks at. */
  int mostWindows() {
    return rules.stream().mapToInt(Rule::of).reduce(windows.of(), Math::max);
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
    thresholds.put(MonitorShape.SPEED, below(settings, MonitorShape.SPEED, faults));
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

  static Threshold threshold(
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

  /** The same of what is worse the less it is. */
  private static Threshold below(Settings settings, String name, List<Problem> faults) {
    Settings section = settings.section(name);
    Threshold threshold =
        Threshold.below(
            limit(section, "warning", Double.NEGATIVE_INFINITY),
            limit(section, "critical", Double.NEGATIVE_INFINITY));
    if (threshold.warning() < threshold.critical() && Double.isFinite(threshold.warning())) {
      faults.add(
          settings
              .problem(
                  name,
                  "%s: the warning threshold %s is below the critical one %s"
                      .formatted(name, threshold.warning(), threshold.critical()))
              .hint("less is worse: give both, the warning first to be reached"));
    }
    return threshold.decides() ? threshold : Threshold.NONE;
  }

  private static double limit(Settings section, String key, double otherwise) {
    if (!section.has(key)) {
      return otherwise;
    }
    return MonitorShape.limit(section.scalar(key));
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
}
