package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns are read, which of them are passed on and which are added.
 *
 * @param wanted the columns to read, features first, those that only the profile needs last
 * @param wholeRecords whether a record is passed on as it stands, without looking at its fields
 * @param passthrough the columns passed on, in order; for whole JSON records empty
 * @param added the columns that follow
 */
record OutputLayout(
    List<String> wanted, boolean wholeRecords, List<String> passthrough, List<String> added)
    implements Serializable {
  OutputLayout {
    wanted = List.copyOf(wanted);
    passthrough = List.copyOf(passthrough);
    added = List.copyOf(added);
  }

  /**
   * Lays the output out.
   *
   * @param features the columns the model needs
   * @param classes the model's classes, none for regression
   * @throws Failure of kind INPUT when the files do not agree on the columns passed on, USAGE when
   *     a column would be there twice or cannot be made
   */
  static OutputLayout of(
      ScoreSpec spec, List<InputFile> files, List<String> features, List<String> classes) {
    if (spec.output().probabilities() && classes.isEmpty()) {
      throw Failure.of(
          FailureKind.USAGE, "there are no probabilities to add: the model predicts numbers");
    }
    boolean csvIn = spec.source().format() == RowFormat.CSV;
    boolean csvOut = spec.sink().format() == RowFormat.CSV;
    boolean jsonIn = spec.source().format() == RowFormat.JSON;
    boolean all = spec.output().passthrough().isEmpty();
    List<String> first = files.get(0).columns();
    List<String> passthrough = spec.output().passthrough().orElse(first);
    List<String> added = spec.output().added(classes);
    requireDistinct(passthrough, added);
    if (!jsonIn) {
      requireColumns(files, passthrough, all);
    }
    if (!spec.sink().format().isText()) {
      requireTypes(files, passthrough);
    }
    if (!jsonIn) {
      requireCounted(files, spec.profile());
    }
    boolean wholeJson = all && jsonIn && spec.sink().format() == RowFormat.JSON;
    boolean wholeCsv =
        all
            && csvIn
            && csvOut
            && CsvText.alike(spec.source().csvOptions(), spec.sink().csvOptions())
            && files.stream().allMatch(file -> file.columns().equals(first));
    Set<String> wanted = new LinkedHashSet<>(features);
    if (wholeJson) {
      wanted.addAll(added); // seen only to notice that an object has them already
    } else if (!wholeCsv) {
      wanted.addAll(passthrough);
    }
    wanted.addAll(spec.profile().columns());
    return new OutputLayout(
        List.copyOf(wanted), wholeJson || wholeCsv, wholeJson ? List.of() : passthrough, added);
  }

  private static void requireCounted(List<InputFile> files, Profiling profiling) {
    List<Problem> problems = new ArrayList<>();
    for (InputFile file : files) {
      for (String name : profiling.columns()) {
        if (!file.columns().contains(name)) {
          problems.add(
              Problem.of("column \"" + name + "\", by which rows are counted, is missing")
                  .at(file.name() + ":1")
                  .hint("profile.time and profile.slices name columns of the input"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }

  /** A column of a file of columns has one type, so what is passed on must have one everywhere. */
  private static void requireTypes(List<InputFile> files, List<String> passthrough) {
    List<Problem> problems = new ArrayList<>();
    for (InputFile file : files) {
      for (String name : passthrough) {
        if (!file.type(name).equals(files.get(0).type(name))) {
          problems.add(
              Problem.of("column \"" + name + "\" has another type than in the first file")
                  .at(file.name())
                  .hint("the first file is " + files.get(0).name()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }

  private static void requireDistinct(List<String> passthrough, List<String> added) {
    Set<String> seen = new LinkedHashSet<>();
    for (String name : passthrough) {
      if (!seen.add(name)) {
        throw Failure.of(FailureKind.USAGE, "column \"%s\" is passed on twice", name);
      }
    }
    for (String name : added) {
      if (!seen.add(name)) {
        throw Failure.of(FailureKind.USAGE, "the output would have the column \"%s\" twice", name)
            .hint("set output.prediction to another name, or list the columns to pass on");
      }
    }
  }

  private static void requireColumns(List<InputFile> files, List<String> passthrough, boolean all) {
    List<Problem> problems = new ArrayList<>();
    for (InputFile file : files) {
      for (String name : passthrough) {
        if (!file.columns().contains(name)) {
          problems.add(
              Problem.of("column \"" + name + "\", which is passed on, is missing")
                  .at(file.name() + ":1")
                  .hint(all ? "the first file, " + files.get(0).name() + ", has it" : ""));
        }
      }
      for (String name : file.columns()) {
        if (all && !passthrough.contains(name)) {
          problems.add(
              Problem.of("column \"" + name + "\" is not in the first file, " + files.get(0).name())
                  .at(file.name() + ":1")
                  .hint("set output.passthrough to the columns to pass on"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }
}
