package dev.mlctl.monitor;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.Progress;
import dev.mlctl.data.RowBatch;
import dev.mlctl.format.RowFile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Metrics;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import dev.mlctl.train.TrainSpec;
import dev.mlctl.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Models of the adult census data, and what they answer for some of its test part. */
final class Adults {
  private static final Path DATA = Path.of("examples/income/data");

  private Adults() {}

  /** One of the shifts that an estimate must follow; a row gives its text of a column. */
  record Shift(String name, Predicate<UnaryOperator<String>> keeps) {}

  /** All rows, and parts of them that nobody would draw at random. */
  static List<Shift> shifts() {
    return List.of(
        new Shift("all rows", row -> true),
        new Shift("older than 50", row -> Integer.parseInt(row.apply("age")) > 50),
        new Shift("younger than 30", row -> Integer.parseInt(row.apply("age")) < 30),
        new Shift("women", row -> row.apply("sex").equals("Female")),
        new Shift("men", row -> row.apply("sex").equals("Male")),
        new Shift("married", row -> row.apply("marital_status").equals("Married-civ-spouse")),
        new Shift("self-employed", row -> row.apply("workclass").startsWith("Self-emp")),
        new Shift(
            "over 50 hours a week", row -> Integer.parseInt(row.apply("hours_per_week")) > 50),
        new Shift(
            "masters and doctors", row -> Integer.parseInt(row.apply("education_num")) >= 14));
  }

  /** What a model answered: its profile and the metrics as the labels have them. */
  record Scored(Profile profile, Map<String, Double> real, int rows) {}

  /** Trains on seven tenths of the training data; the others are held out. */
  static Bundle trained(Path directory, String target, String algorithm) {
    String yaml =
        """
        model: adults
        task: classification
        source: {type: ReadFromCsv, config: {path: "%s"}}
        target: %s
        split: {test: 0.3, seed: 7}
        algorithm: %s
        """
            .formatted(
                DATA.resolve("adult-train.csv").toAbsolutePath().toString().replace("\\", "/"),
                target,
                algorithm);
    TrainSpec spec =
        TrainSpec.from(
            ConfigFile.parse(
                "train.yaml", yaml, TrainSpec.SHAPE, List.of(), name -> null, directory),
            directory);
    return Training.run(
            spec,
            directory.resolve("run"),
            new Training.Environment("0", "", null, System::nanoTime),
            Progress.NONE)
        .bundle();
  }

  /** Scores those rows of the test part that a shift keeps. */
  static Scored score(Bundle bundle, Shift shift) {
    List<String> columns = RowFile.of(DATA.resolve("adult-test.csv"), "the rows").columns();
    Scoring scoring = new Scoring(bundle, columns, shift);
    RowFile.of(DATA.resolve("adult-test.csv"), "the rows").readBatches(columns, scoring::add);
    return scoring.scored();
  }

  private static final class Scoring {
    private final Bundle bundle;
    private final List<String> columns;
    private final Shift shift;
    private final Profiler profiler;
    private final FeatureDecoder decoder;
    private FeatureBatch features;
    private Scorer scorer;
    private final List<Integer> actual = new ArrayList<>();
    private final List<Integer> predicted = new ArrayList<>();
    private final List<double[]> probabilities = new ArrayList<>();

    Scoring(Bundle bundle, List<String> columns, Shift shift) {
      this.bundle = bundle;
      this.columns = columns;
      this.shift = shift;
      this.profiler = new Profiler(bundle.baseline().emptied());
      int[] from = bundle.signature().featureNames().stream().mapToInt(columns::indexOf).toArray();
      this.decoder = new FeatureDecoder(bundle.signature().features(), from, Set.of());
    }

    void add(RowBatch batch) {
      for (int r = 0; r < batch.rows(); r++) {
        int row = r;
        if (!shift.keeps().test(column -> batch.text(columns.indexOf(column), row))) {
          batch.reject(row, "not of the shift");
        }
      }
      if (scorer == null) {
        features = new FeatureBatch(bundle.signature().features(), batch.capacity());
        scorer = bundle.model().scorer(batch.capacity());
      }
      decoder.decode(batch, features);
      Predictions predictions = scorer.score(features);
      profiler.addFeatures(features, batch);
      profiler.addClasses(0, predictions.classes(), batch.rows(), batch);
      for (int k = 0; k < predictions.outputs().length; k++) {
        profiler.addOutput(k + 1, predictions.outputs()[k], batch.rows(), batch);
      }
      int target = columns.indexOf(bundle.signature().target());
      for (int r = 0; r < batch.rows(); r++) {
        int row = r;
        if (!batch.isRejected(r)) {
          actual.add(bundle.signature().classes().indexOf(batch.text(target, r)));
          predicted.add(predictions.classes()[r]);
          probabilities.add(
              Arrays.stream(predictions.outputs()).mapToDouble(column -> column[row]).toArray());
        }
      }
    }

    Scored scored() {
      int classes = bundle.signature().classes().size();
      double[][] byClass = new double[classes][actual.size()];
      IntStream.range(0, classes)
          .forEach(k -> Arrays.setAll(byClass[k], r -> probabilities.get(r)[k]));
      Map<String, Double> real =
          Metrics.classification(
              actual.stream().mapToInt(i -> i).toArray(),
              predicted.stream().mapToInt(i -> i).toArray(),
              byClass);
      return new Scored(profiler.profile(), real, actual.size());
    }
  }
}
