package dev.mlctl.train;

import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.model.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to train, with every default filled in that does not depend on the data. Immutable.
 *
 * @param model the model's name
 * @param task what is predicted, or null to infer it from the target
 * @param source where the rows come from
 * @param target the column to predict
 * @param features the columns to predict from; empty for all that are fit for it
 * @param columns what is known of single columns, by name
 * @param split how the model is judged
 * @param algorithm what is fitted
 * @param params the algorithm's parameters: Long, Double, String or a list of Long, by name
 * @param preprocessing what is done to values first
 * @param gates conditions on the metrics
 * @param licence of the model, or empty
 * @param description free text, or empty
 * @param seed of all that is random but the split
 */
public record TrainSpec(
    String model,
    Task task,
    Source source,
    String target,
    List<String> features,
    Map<String, ColumnRule> columns,
    Split split,
    Algorithm algorithm,
    Map<String, Object> params,
    Preprocessing preprocessing,
    List<String> gates,
    String licence,
    String description,
    long seed) {
  /** The shape of {@code train.yaml}. */
  public static final Shape SHAPE = TrainKeys.shape();

  /** The seed when none is given. */
  static final long DEFAULT_SEED = 42;

  /** Copies. */
  public TrainSpec {
    features = List.copyOf(features);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    gates = List.copyOf(gates);
  }

  /**
   * Where the rows come from.
   *
   * @param path the CSV file
   * @param csv how it is written
   * @param nullValues texts that stand for a missing value besides the empty one
   * @param where keeps the rows whose column has one of the texts; empty keeps all
   */
  public record Source(
      Path path, CsvOptions csv, List<String> nullValues, Map<String, List<String>> where) {
    /** Copies. */
    public Source {
      nullValues = List.copyOf(nullValues);
      where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
    }
  }

  /**
   * What is known of one column.
   *
   * @param type what its values are, or null to infer it
   */
  public record ColumnRule(FeatureType type, MissingPolicy missing, UnknownPolicy unknown) {
    static final ColumnRule DEFAULT =
        new ColumnRule(null, MissingPolicy.IMPUTE, UnknownPolicy.OTHER);
  }

  /**
   * How the model is judged on rows it never saw.
   *
   * @param test the share of rows held out, 0 for none
   * @param by the column whose order decides which rows are held out, or empty for chance
   * @param testPath a file with the held-out rows, or null
   * @param folds how many parts to cross-validate, or 0
   */
  public record Split(double test, long seed, String by, Path testPath, int folds) {}

  /**
   * What is done to values first.
   *
   * @param imputeNumber {@code median}, {@code mean} or a number
   * @param standardize whether numbers get mean 0 and deviation 1
   * @param oneHot whether categories become one input per level, else one of ordered levels
   * @param missingIsLevel whether a missing category is a level of its own, else the most frequent
   * @param rareBelow categories with fewer training rows share a level
   */
  public record Preprocessing(
      Object imputeNumber,
      boolean standardize,
      boolean oneHot,
      boolean missingIsLevel,
      long rareBelow) {}

  /**
   * The spec a configuration file describes.
   *
   * @param settings of {@link #SHAPE}
   * @param directory what the file's relative paths are relative to: its own directory
   * @throws dev.mlctl.error.Failure of kind USAGE with every fault the shape could not see
   */
  public static TrainSpec from(Settings settings, Path directory) {
    return new TrainSpecReader(settings, directory).read();
  }

  /**
   * The spec of {@code mlctl train --data FILE --target COLUMN}: defaults for all that is not said.
   *
   * @param task null to infer it from the target
   * @param algorithm null for gradient boosting
   * @param model null to name it after the file
   * @throws dev.mlctl.error.Failure of kind USAGE when the model's name is none, or the algorithm
   *     cannot do the task
   */
  public static TrainSpec simple(
      Path data, String target, Task task, Algorithm algorithm, String model) {
    return TrainSpecReader.simple(data, target, task, algorithm, model);
  }

  /** The same spec with what was inferred from the data. */
  TrainSpec resolved(Task inferred, List<String> chosen) {
    return new TrainSpec(
        model,
        inferred,
        source,
        target,
        chosen,
        columns,
        split,
        algorithm,
        params,
        preprocessing,
        gates,
        licence,
        description,
        seed);
  }

  ColumnRule column(String name) {
    return columns.getOrDefault(name, ColumnRule.DEFAULT);
  }

  /**
   * The spec as {@link #SHAPE} has it, so that it can be written and read again.
   *
   * @param directory what paths are written relative to; null for file names alone
   */
  public Map<String, Object> toMap(Path directory) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", model);
    putUnlessNull(map, "task", task == null ? null : lower(task));
    map.put("source", sourceMap(directory));
    map.put("target", target);
    if (!features.isEmpty()) {
      map.put("features", features);
    }
    if (!columns.isEmpty()) {
      Map<String, Object> rules = new LinkedHashMap<>();
      columns.forEach((name, rule) -> rules.put(name, columnMap(rule)));
      map.put("columns", rules);
    }
    map.put("split", splitMap(directory));
    map.put("algorithm", algorithm.key());
    map.put("params", new LinkedHashMap<>(params));
    map.put("preprocessing", preprocessingMap());
    if (!gates.isEmpty()) {
      map.put("gates", gates);
    }
    map.put("licence", licence);
    map.put("description", description);
    map.put("seed", seed);
    return map;
  }

  private Map<String, Object> sourceMap(Path directory) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("path", shown(source.path, directory));
    config.put("delimiter", String.valueOf(source.csv.delimiter()));
    putOtherThanDefault(source.csv, config);
    if (!source.nullValues.isEmpty()) {
      config.put("null_values", source.nullValues);
    }
    if (!source.where.isEmpty()) {
      config.put("where", new LinkedHashMap<>(source.where));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", TrainKeys.READ_FROM_CSV);
    map.put("config", config);
    return map;
  }

  private static void putOtherThanDefault(CsvOptions csv, Map<String, Object> config) {
    if (csv.quote() != CsvOptions.DEFAULT.quote()) {
      config.put("quote", csv.quote() == CsvOptions.NONE ? "" : String.valueOf(csv.quote()));
    }
    if (!csv.hasHeader()) {
      config.put("header", false);
      config.put("columns", csv.columns());
    }
    if (csv.comment() != CsvOptions.NONE) {
      config.put("comment", String.valueOf(csv.comment()));
    }
  }

  private static Map<String, Object> columnMap(ColumnRule rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    putUnlessNull(map, "type", rule.type == null ? null : lower(rule.type));
    map.put("missing", lower(rule.missing));
    map.put("unknown", lower(rule.unknown));
    return map;
  }

  private Map<String, Object> splitMap(Path directory) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (split.testPath == null) {
      map.put("test", split.test);
    }
    map.put("seed", split.seed);
    putUnlessNull(map, "by", split.by.isEmpty() ? null : split.by);
    putUnlessNull(
        map, "test_path", split.testPath == null ? null : shown(split.testPath, directory));
    putUnlessNull(map, "folds", split.folds == 0 ? null : (long) split.folds);
    return map;
  }

  private Map<String, Object> preprocessingMap() {
    Map<String, Object> number = new LinkedHashMap<>();
    number.put("impute", preprocessing.imputeNumber);
    number.put("scale", preprocessing.standardize ? "standard" : "none");
    Map<String, Object> category = new LinkedHashMap<>();
    category.put("encode", preprocessing.oneHot ? "one_hot" : "ordinal");
    category.put("impute", preprocessing.missingIsLevel ? "own_level" : "most_frequent");
    category.put("rare_below", preprocessing.rareBelow);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", number);
    map.put("category", category);
    return map;
  }

  /** Relative with forward slashes where that is possible, so that a tree of files can move. */
  private static String shown(Path path, Path directory) {
    if (directory == null) {
      return String.valueOf(path.getFileName());
    }
    Path to = path.toAbsolutePath().normalize();
    Path from = directory.toAbsolutePath().normalize();
    if (!java.util.Objects.equals(to.getRoot(), from.getRoot())) {
      return to.toString();
    }
    List<String> parts = new ArrayList<>();
    from.relativize(to).forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private static void putUnlessNull(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
