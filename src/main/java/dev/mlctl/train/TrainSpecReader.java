package dev.mlctl.train;

import dev.mlctl.config.CsvSettings;
import dev.mlctl.config.Nearest;
import dev.mlctl.config.Settings;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Gate;
import dev.mlctl.model.Metrics;
import dev.mlctl.model.Task;
import dev.mlctl.train.TrainSpec.ColumnRule;
import dev.mlctl.train.TrainSpec.Preprocessing;
import dev.mlctl.train.TrainSpec.Source;
import dev.mlctl.train.TrainSpec.Split;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes a spec of settings and reports, all at once, what their shape could not see. */
final class TrainSpecReader {
  private static final double DEFAULT_TEST = 0.2;
  private static final long DEFAULT_RARE_BELOW = 10;

  private final Settings settings;
  private final Path directory;
  private final List<Problem> problems = new ArrayList<>();

  TrainSpecReader(Settings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  TrainSpec read() {
    Algorithm algorithm = Algorithm.of(settings.text("algorithm"));
    Task task = settings.has("task") ? upper(Task.class, settings.text("task")) : null;
    Split split = split();
    TrainSpec spec =
        new TrainSpec(
            settings.text("model"),
            task,
            source(),
            settings.text("target"),
            settings.texts("features"),
            columns(),
            split,
            algorithm,
            params(algorithm),
            preprocessing(algorithm),
            settings.texts("gates"),
            settings.text("licence"),
            settings.text("description"),
            settings.has("seed") ? settings.longInteger("seed") : split.seed());
    check(spec);
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
    return spec;
  }

  static TrainSpec simple(Path data, String target, Task task, Algorithm algorithm, String model) {
    Algorithm chosen = algorithm == null ? Algorithm.GRADIENT_BOOSTING : algorithm;
    String name = model == null ? nameOf(data) : model;
    if (!Bundle.isName(name)) {
      throw Failure.of(FailureKind.USAGE, "\"%s\" cannot name a model", name)
          .hint("name it with --model: a-z, 0-9, '.', '_' and '-', 63 at most");
    }
    if (task != null) {
      requireTask(chosen, task);
    }
    boolean trees = chosen.kind() == Algorithm.Kind.TREES;
    return new TrainSpec(
        name,
        task,
        new Source(data, CsvOptions.DEFAULT, List.of(), Map.of()),
        target,
        List.of(),
        Map.of(),
        new Split(DEFAULT_TEST, TrainSpec.DEFAULT_SEED, "", null, 0),
        chosen,
        chosen.defaults(),
        new Preprocessing("median", !trees, !trees, true, DEFAULT_RARE_BELOW),
        List.of(),
        "",
        "",
        TrainSpec.DEFAULT_SEED);
  }

  /** The file's name without its endings, with what a name cannot hold replaced by '-'. */
  private static String nameOf(Path data) {
    String file = String.valueOf(data.getFileName()).toLowerCase(Locale.ROOT);
    String stem = file.replaceFirst("(?<=.)\\..*$", "").replaceAll("[^a-z0-9_-]+", "-");
    String name = stem.replaceAll("^[-_]+|[-_]+$", "");
    return name.length() <= 63 ? name : name.substring(0, 63);
  }

  /**
   * Checks that an algorithm can do a task.
   *
   * @throws Failure of kind USAGE naming those that can
   */
  static void requireTask(Algorithm algorithm, Task task) {
    if (!algorithm.tasks().contains(task)) {
      throw Failure.of(FailureKind.USAGE, cannotDo(algorithm, task)).hint(canDo(task));
    }
  }

  private static String cannotDo(Algorithm algorithm, Task task) {
    return algorithm.key() + " cannot do " + TrainSpec.lower(task);
  }

  private static String canDo(Task task) {
    return "for " + TrainSpec.lower(task) + " there are: " + Algorithm.listFor(task);
  }

  private void check(TrainSpec spec) {
    if (!Bundle.isName(spec.model())) {
      problems.add(
          settings
              .problem("model", "\"" + spec.model() + "\" cannot name a model")
              .hint("use a-z, 0-9, '.', '_' and '-', 63 at most, starting with a letter or digit"));
    }
    if (spec.task() != null && !spec.algorithm().tasks().contains(spec.task())) {
      problems.add(
          settings
              .problem("algorithm", cannotDo(spec.algorithm(), spec.task()))
              .hint(canDo(spec.task())));
    }
    Set<String> seen = new HashSet<>();
    for (String feature : spec.features()) {
      if (!seen.add(feature)) {
        problems.add(settings.problem("features", "feature \"" + feature + "\" is there twice"));
      }
    }
    if (seen.contains(spec.target())) {
      problems.add(
          settings.problem("features", "the target \"" + spec.target() + "\" is also a feature"));
    }
    for (String gate : spec.gates()) {
      checkGate(gate);
    }
  }

  private void checkGate(String gate) {
    try {
      Gate.parse(gate).metrics().forEach(metric -> checkMetric(gate, metric));
    } catch (Failure e) {
      e.problems().forEach(p -> problems.add(p.at(settings.at("gates"))));
    }
  }

  /** What no model has is better known before an hour of training than after it. */
  private void checkMetric(String gate, Gate.Metric metric) {
    if (!metric.slice().conditions().isEmpty() || metric.name().equals(Gate.ROWS)) {
      problems.add(
          settings
              .problem(
                  "gates", "gate \"" + gate + "\": training judges no slices and counts no rows")
              .hint("judge such a gate at deploy: mlctl deploy --gate EXPR --gate-data FILE"));
    } else if (!Metrics.NAMES.contains(metric.name())) {
      problems.add(
          settings
              .problem(
                  "gates", "gate \"" + gate + "\": no metric is called \"" + metric.name() + "\"")
              .hint(
                  Nearest.name(metric.name(), Metrics.NAMES)
                      .map(near -> "did you mean \"" + near + "\"?")
                      .orElse("the metrics are: " + String.join(", ", Metrics.NAMES))));
    }
  }

  private Source source() {
    Settings config = settings.section("source").config();
    CsvSettings csv = CsvSettings.source(config, problems);
    Map<String, List<String>> where = new LinkedHashMap<>();
    config
        .scalars("where")
        .forEach(
            (column, value) -> {
              List<?> values = value instanceof List<?> list ? list : List.of(value);
              where.put(column, values.stream().map(String::valueOf).toList());
            });
    return new Source(
        path(config, "path"),
        new CsvOptions(csv.delimiter(), csv.quote(), csv.comment(), csv.columns()),
        config.texts("null_values"),
        where);
  }

  private Path path(Settings section, String key) {
    try {
      return directory.resolve(section.text(key)).normalize();
    } catch (InvalidPathException e) {
      problems.add(section.problem(key, "\"" + section.text(key) + "\" is no path"));
      return directory;
    }
  }

  private Map<String, ColumnRule> columns() {
    Map<String, ColumnRule> rules = new LinkedHashMap<>();
    settings
        .sectionMap("columns")
        .forEach(
            (name, rule) ->
                rules.put(
                    name,
                    new ColumnRule(
                        rule.has("type") ? upper(FeatureType.class, rule.text("type")) : null,
                        upper(MissingPolicy.class, rule.text("missing")),
                        upper(UnknownPolicy.class, rule.text("unknown")))));
    return rules;
  }

  private Split split() {
    Settings split = settings.section("split");
    boolean file = split.has("test_path");
    int folds = split.has("folds") ? split.integer("folds") : 0;
    String by = split.has("by") ? split.text("by") : "";
    double test = split.has("test") ? split.number("test") : file || folds > 0 ? 0 : DEFAULT_TEST;
    if (file && (test > 0 || !by.isEmpty())) {
      problems.add(
          split
              .problem("test_path", "test_path cannot be combined with test or by")
              .hint("the rows of the file are the held-out part: leave test and by out"));
    }
    if (folds > 0 && !by.isEmpty()) {
      problems.add(
          split
              .problem("folds", "folds cannot be combined with by")
              .hint("folds are drawn at random, which would mix earlier and later rows"));
    }
    if (!by.isEmpty() && test == 0) {
      problems.add(split.problem("by", "by needs a share of rows to hold out").hint("test: 0.2"));
    }
    long otherwise = settings.has("seed") ? settings.longInteger("seed") : TrainSpec.DEFAULT_SEED;
    return new Split(
        test,
        split.has("seed") ? split.longInteger("seed") : otherwise,
        by,
        file ? path(split, "test_path") : null,
        folds);
  }

  private Map<String, Object> params(Algorithm algorithm) {
    Settings given = settings.section("params");
    Map<String, Object> params = new LinkedHashMap<>();
    for (String name : algorithm.parameters()) {
      if (given.has(name)) {
        params.put(name, value(given, name, algorithm.defaults().get(name)));
      } else if (algorithm.defaults().containsKey(name)) {
        params.put(name, algorithm.defaults().get(name));
      }
    }
    for (String name : given.keys()) {
      if (!algorithm.parameters().contains(name)) {
        problems.add(
            given
                .problem(name, algorithm.key() + " has no parameter \"" + name + "\"")
                .hint(
                    Nearest.name(name, algorithm.parameters())
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("it has: " + String.join(", ", algorithm.parameters()))));
      }
    }
    if (params.get("hidden") instanceof List<?> hidden && hidden.isEmpty()) {
      problems.add(given.problem("hidden", "a network needs at least one hidden layer"));
    }
    return params;
  }

  /** A parameter's value; a whole number given where a number is meant becomes one. */
  private static Object value(Settings given, String name, Object byDefault) {
    if (given.isList(name)) {
      return given.numbers(name).stream().map(Double::longValue).toList();
    }
    return byDefault instanceof Double ? (Object) given.number(name) : given.scalar(name);
  }

  private Preprocessing preprocessing(Algorithm algorithm) {
    Settings number = settings.section("preprocessing").section("number");
    Settings category = settings.section("preprocessing").section("category");
    boolean trees = algorithm.kind() == Algorithm.Kind.TREES;
    return new Preprocessing(
        number.scalar("impute"),
        number.has("scale") ? number.text("scale").equals("standard") : !trees,
        category.has("encode") ? category.text("encode").equals("one_hot") : !trees,
        category.text("impute").equals("own_level"),
        category.longInteger("rare_below"));
  }

  private static <E extends Enum<E>> E upper(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
