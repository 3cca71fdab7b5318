package dev.mlctl.train;

import dev.mlctl.data.FeatureType;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns are used, and as what.
 *
 * @param task what is predicted
 * @param features in the order of the model's signature, with their types
 * @param targetType NUMBER for regression, CATEGORY for classification
 * @param leftOut columns that are not used, with the reason
 */
record Plan(
    Task task,
    Map<String, FeatureType> features,
    FeatureType targetType,
    Map<String, String> leftOut) {

  /** Every column to load, with its type. */
  Map<String, FeatureType> columns(TrainSpec spec, Map<String, ColumnFacts> facts) {
    Map<String, FeatureType> all = new LinkedHashMap<>(features);
    all.put(spec.target(), targetType);
    String by = spec.split().by();
    if (!by.isEmpty()) {
      all.computeIfAbsent(by, name -> typeOf(spec, facts.get(name)));
    }
    return all;
  }

  static Plan of(TrainSpec spec, Map<String, ColumnFacts> facts, TableReader reader) {
    requireColumns(spec, facts, reader);
    if (facts.values().stream().allMatch(column -> column.inferred() == null)) {
      throw Failure.of(FailureKind.INPUT, "there are no rows to train on")
          .at(spec.source().path().toString());
    }
    Task task = task(spec, facts.get(spec.target()));
    TrainSpecReader.requireTask(spec.algorithm(), task);
    FeatureType targetType =
        task == Task.CLASSIFICATION ? FeatureType.CATEGORY : FeatureType.NUMBER;
    List<Problem> problems = new ArrayList<>();
    if (targetType == FeatureType.NUMBER) {
      requireType(facts.get(spec.target()), targetType, reader, problems);
    }
    Map<String, FeatureType> features = new LinkedHashMap<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (ColumnFacts column : facts.values()) {
      if (!column.name().equals(spec.target()) && spec.features().isEmpty()) {
        String why = reasonAgainst(spec, column);
        if (why.isEmpty()) {
          features.put(column.name(), check(spec, column, reader, problems));
        } else {
          leftOut.put(column.name(), why);
        }
      }
    }
    for (String name : spec.features()) {
      features.put(name, check(spec, facts.get(name), reader, problems));
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
    if (features.isEmpty()) {
      throw Failure.of(FailureKind.INPUT, "no column is left to predict from")
          .hint("name the features in the configuration");
    }
    return new Plan(task, features, targetType, leftOut);
  }

  private static void requireColumns(
      TrainSpec spec, Map<String, ColumnFacts> facts, TableReader reader) {
    List<Problem> problems = new ArrayList<>();
    collectMissing("target", spec.target(), facts, reader, problems);
    spec.features().forEach(f -> collectMissing("feature", f, facts, reader, problems));
    spec.columns().keySet().forEach(c -> collectMissing("columns key", c, facts, reader, problems));
    if (!spec.split().by().isEmpty()) {
      collectMissing("split.by", spec.split().by(), facts, reader, problems);
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }

  private static void collectMissing(
      String role,
      String name,
      Map<String, ColumnFacts> facts,
      TableReader reader,
      List<Problem> problems) {
    if (!facts.containsKey(name)) {
      problems.addAll(reader.missingColumn(role, name, facts.keySet()).problems());
    }
  }

  private static Task task(TrainSpec spec, ColumnFacts target) {
    if (spec.task() != null) {
      return spec.task();
    }
    if (target.isMostlyNumbers() || spec.column(target.name()).type() == FeatureType.NUMBER) {
      return Task.REGRESSION;
    }
    FeatureType type = typeOf(spec, target);
    return type == FeatureType.NUMBER || type == null ? Task.REGRESSION : Task.CLASSIFICATION;
  }

  /** Why a column that nobody named is not fit to predict from; empty when it is. */
  private static String reasonAgainst(TrainSpec spec, ColumnFacts column) {
    if (spec.columns().containsKey(column.name())
        && spec.column(column.name()).type() != null
        && column.present() > 0) {
      return "";
    } else if (column.present() == 0) {
      return "it has no values";
    } else if (column.inferred() == FeatureType.DATE) {
      return "it is a date and was not named";
    } else if (column.isMostlyNumbers()) {
      return "";
    } else if (column.isIdentifier()) {
      return "no text is there twice, as in an identifier";
    } else if (column.hasTooManyCategories()) {
      return "it has more than " + ColumnFacts.MAX_CATEGORIES + " different texts";
    }
    return "";
  }

  private static FeatureType check(
      TrainSpec spec, ColumnFacts column, TableReader reader, List<Problem> problems) {
    FeatureType wanted = spec.column(column.name()).type();
    if (column.present() == 0) {
      problems.add(Problem.of("feature \"" + column.name() + "\" has no values"));
      return FeatureType.NUMBER;
    }
    if (wanted == null && column.isMostlyNumbers()) {
      requireType(column, FeatureType.NUMBER, reader, problems);
      return FeatureType.NUMBER;
    }
    FeatureType type = typeOf(spec, column);
    if (type != FeatureType.CATEGORY) {
      requireType(column, type, reader, problems);
    } else if (column.hasTooManyCategories()) {
      problems.add(
          Problem.of(
                  "feature \""
                      + column.name()
                      + "\" has more than "
                      + ColumnFacts.MAX_CATEGORIES
                      + " different texts")
              .hint("leave it out of the features, or group its values first"));
    }
    return type;
  }

  private static void requireType(
      ColumnFacts column, FeatureType type, TableReader reader, List<Problem> problems) {
    if (column.inferred() != type && column.inferred() != null) {
      column.odd().forEach(o -> problems.add(reader.notA(column.name(), type, o.text(), o.line())));
    }
  }

  private static FeatureType typeOf(TrainSpec spec, ColumnFacts column) {
    FeatureType given = spec.column(column.name()).type();
    return given == null ? column.inferred() : given;
  }
}
