package dev.mlctl.train;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.Numbers;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The data as it is trained on and judged by.
 *
 * @param signature of the model to be
 * @param train rows to fit on
 * @param test rows held out; null for none
 * @param rows rows in the training file that the source keeps
 * @param digest SHA-256 of the training file
 * @param columns what was made of each column
 * @param notes what a person should know
 */
record Dataset(
    Signature signature,
    Examples train,
    Examples test,
    int rows,
    String digest,
    List<ColumnSummary> columns,
    List<String> notes) {
  private static final int FEWEST_ROWS = 10;

  static Dataset read(TrainSpec spec, Progress progress) {
    return new Reading(spec, progress).read();
  }

  /** The steps of reading, over what they share. */
  private static final class Reading {
    private final TrainSpec spec;
    private final Progress progress;
    private final List<String> notes = new ArrayList<>();
    private Plan plan;

    Reading(TrainSpec spec, Progress progress) {
      this.spec = spec;
      this.progress = progress;
    }

    Dataset read() {
      TableReader reader = new TableReader(spec.source(), spec.source().path(), progress);
      TableReader.Scan scan = reader.scan();
      plan = Plan.of(spec, scan.columns(), reader);
      Map<String, FeatureType> types = plan.columns(spec, scan.columns());
      Table table = reader.load(types);
      Column target = table.column(spec.target());
      int[] usable = usable(table, "training rows");
      requireRows(usable.length);
      String by = spec.split().by();
      Rows parts = Rows.split(spec.split(), usable, target, by.isEmpty() ? null : table.column(by));
      requireRows(parts.train().length);
      Signature signature = signature(table, parts.train());
      Examples train = examples(table, parts.train(), signature);
      Examples test = test(table, parts, signature);
      List<ColumnSummary> columns = columns(scan, table);
      return new Dataset(signature, train, test, table.rows(), scan.digest(), columns, notes);
    }

    private Examples test(Table table, Rows parts, Signature signature) {
      if (spec.split().testPath() != null) {
        Table file =
            new TableReader(spec.source(), spec.split().testPath(), progress)
                .load(plan.columns(spec, Map.of()));
        return examples(file, known(file, usable(file, "test rows"), signature), signature);
      }
      if (spec.split().test() == 0) {
        return null;
      }
      return examples(table, known(table, parts.test(), signature), signature);
    }

    /** The rows with a target and with every value that must not be missing. */
    private int[] usable(Table table, String which) {
      Column target = table.column(spec.target());
      int[] labelled = IntStream.range(0, table.rows()).filter(r -> !target.isMissing(r)).toArray();
      note(table.rows() - labelled.length, which + " left out: the target is missing");
      List<Column> required =
          plan.features().keySet().stream()
              .filter(name -> spec.column(name).missing() == MissingPolicy.REJECT)
              .map(table::column)
              .toList();
      int[] complete =
          Arrays.stream(labelled)
              .filter(r -> required.stream().noneMatch(column -> column.isMissing(r)))
              .toArray();
      note(
          labelled.length - complete.length,
          which + " left out: a feature that rejects missing values is missing");
      return complete;
    }

    /** The rows whose class is one the model knows. */
    private int[] known(Table table, int[] rows, Signature signature) {
      int[] kept = rows;
      if (signature.task() == Task.CLASSIFICATION) {
        Column target = table.column(spec.target());
        boolean[] isKnown = new boolean[target.texts().size()];
        for (int k = 0; k < isKnown.length; k++) {
          isKnown[k] = signature.classes().contains(target.texts().get(k));
        }
        kept = Arrays.stream(rows).filter(r -> isKnown[target.codes()[r]]).toArray();
        note(
            rows.length - kept.length,
            "test rows left out: their class does not occur in the training rows");
      }
      if (kept.length == 0) {
        throw Failure.of(FailureKind.INPUT, "no row is held out to judge the model by")
            .hint("hold out a greater share, or set split.test: 0 and split.folds");
      }
      return kept;
    }

    private void note(int rows, String what) {
      if (rows > 0) {
        notes.add(rows + " " + what);
        progress.note(rows + " " + what);
      }
    }

    private Examples examples(Table table, int[] rows, Signature signature) {
      return Examples.of(table, rows, signature.features(), spec.target(), signature.classes());
    }

    private void requireRows(int rows) {
      if (rows < FEWEST_ROWS) {
        throw Failure.of(
                FailureKind.INPUT,
                "%d usable rows are too few to train on: at least %d are needed",
                rows,
                FEWEST_ROWS)
            .at(spec.source().path().toString());
      }
    }

    private Signature signature(Table table, int[] train) {
      List<Feature> features = new ArrayList<>();
      plan.features()
          .forEach(
              (name, type) ->
                  features.add(
                      new Feature(
                          name,
                          type,
                          type == FeatureType.CATEGORY
                              ? seen(table.column(name), train)
                              : List.of(),
                          spec.column(name).missing(),
                          spec.column(name).unknown())));
      List<String> classes = List.of();
      if (plan.task() == Task.CLASSIFICATION) {
        classes = classes(seen(table.column(spec.target()), train));
      } else {
        requireVaried(table.column(spec.target()), train);
      }
      return new Signature(plan.task(), spec.target(), features, classes);
    }

    private List<String> classes(List<String> texts) {
      if (texts.size() < 2) {
        throw Failure.of(
                FailureKind.INPUT,
                "the target \"%s\" has one class only: \"%s\"",
                spec.target(),
                texts.get(0))
            .hint("a classifier needs rows of at least two classes");
      }
      if (texts.size() > MAX_CLASSES) {
        throw Failure.of(
                FailureKind.INPUT,
                "the target \"%s\" has %d classes; at most %d are possible",
                spec.target(),
                texts.size(),
                MAX_CLASSES)
            .hint("for a number, set task: regression");
      }
      boolean numbers = texts.stream().noneMatch(t -> Double.isNaN(Numbers.parse(t)));
      return numbers
          ? texts.stream().sorted(Comparator.comparingDouble(Numbers::parse)).toList()
          : texts;
    }

    private void requireVaried(Column target, int[] train) {
      double first = target.numbers()[train[0]];
      if (Arrays.stream(train).allMatch(r -> target.numbers()[r] == first)) {
        throw Failure.of(
                FailureKind.INPUT, "the target \"%s\" is %s in every row", spec.target(), first)
            .hint("there is nothing to predict");
      }
    }

    /** The texts of a category that occur in some rows, in order. */
    private static List<String> seen(Column column, int[] rows) {
      boolean[] there = new boolean[column.texts().size()];
      for (int row : rows) {
        if (column.codes()[row] >= 0) {
          there[column.codes()[row]] = true;
        }
      }
      return IntStream.range(0, there.length)
          .filter(k -> there[k])
          .mapToObj(column.texts()::get)
          .toList();
    }

    private List<ColumnSummary> columns(TableReader.Scan scan, Table table) {
      List<ColumnSummary> summaries = new ArrayList<>();
      for (ColumnFacts facts : scan.columns().values()) {
        String name = facts.name();
        Column column = table.column(name);
        String role =
            name.equals(spec.target())
                ? "target"
                : plan.features().containsKey(name) ? "feature" : "left out";
        FeatureType type = column == null ? facts.inferred() : column.type();
        int categories = column == null ? 0 : column.texts().size();
        String why = plan.leftOut().getOrDefault(name, "");
        if (role.equals("left out") && why.isEmpty()) {
          why = name.equals(spec.split().by()) ? "it orders the split" : "it was not named";
        }
        summaries.add(new ColumnSummary(name, type, role, facts.missing(), categories, why));
      }
      plan.leftOut().forEach((name, why) -> notes.add("column " + name + " left out: " + why));
      return summaries;
    }
  }

  private static final int MAX_CLASSES = 1000;
}
