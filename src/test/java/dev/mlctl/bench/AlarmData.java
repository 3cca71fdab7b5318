package dev.mlctl.bench;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.Progress;
import dev.mlctl.data.RowBatch;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import dev.mlctl.train.TrainSpec;
import dev.mlctl.train.Training;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A model with the rows it was trained on, decoded and scored, from which samples are drawn.
 *
 * @param bundle the model with its baseline
 * @param features one batch of all rows, or of as many as a sample has
 * @param outputs as {@link Predictions} gives them, copied
 * @param classes one per row; null for regression
 */
record AlarmData(
    String name, Bundle bundle, FeatureBatch features, double[][] outputs, int[] classes) {

  /** Trains on a file and scores the same file. */
  static AlarmData trained(String name, Path directory, Path rows, String more) throws IOException {
    String yaml =
        "model: "
            + name
            + "\nsource: {type: ReadFromCsv, config: {path: \""
            + rows.toAbsolutePath().toString().replace("\\", "/")
            + "\"}}\n"
            + more;
    TrainSpec spec =
        TrainSpec.from(
            ConfigFile.parse("train.yaml", yaml, TrainSpec.SHAPE, List.of(), n -> null, directory),
            directory);
    Training.Environment environment =
        new Training.Environment("benchmark", "", null, System::nanoTime);
    Bundle bundle =
        Training.run(spec, directory.resolve("run-" + name), environment, Progress.NONE).bundle();
    return scored(name, bundle, rows);
  }

  private static AlarmData scored(String name, Bundle bundle, Path rows) throws IOException {
    List<Feature> features = bundle.signature().features();
    int count;
    try (var lines = Files.lines(rows)) {
      count = (int) lines.count() - 1;
    }
    FeatureBatch all = new FeatureBatch(features, count);
    int read = 0;
    try (InputStream in = Files.newInputStream(rows)) {
      List<String> wanted = features.stream().map(Feature::name).toList();
      CsvReader reader = CsvReader.file(in, CsvOptions.DEFAULT, name, wanted);
      int[] columns = IntStream.range(0, features.size()).toArray();
      FeatureDecoder decoder = new FeatureDecoder(features, columns, Set.of("NA", "?"));
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        FeatureBatch part = new FeatureBatch(features, batch.capacity());
        decoder.decode(batch, part);
        copy(part, IntStream.range(0, batch.rows()).toArray(), all, read);
        read += batch.rows();
      }
    }
    all.reset(read);
    return of(name, bundle, all);
  }

  private static AlarmData of(String name, Bundle bundle, FeatureBatch all) {
    Scorer scorer = bundle.model().scorer(all.capacity());
    Predictions predictions = scorer.score(all);
    double[][] outputs =
        Arrays.stream(predictions.outputs())
            .map(o -> Arrays.copyOf(o, all.rows()))
            .toArray(double[][]::new);
    int[] classes = predictions.classes();
    return new AlarmData(
        name, bundle, all, outputs, classes == null ? null : Arrays.copyOf(classes, all.rows()));
  }

  private static void copy(FeatureBatch from, int[] rows, FeatureBatch to, int at) {
    for (int f = 0; f < from.features().size(); f++) {
      if (from.features().get(f).type() == FeatureType.CATEGORY) {
        for (int i = 0; i < rows.length; i++) {
          to.codes(f)[at + i] = from.codes(f)[rows[i]];
        }
      } else {
        for (int i = 0; i < rows.length; i++) {
          to.numbers(f)[at + i] = from.numbers(f)[rows[i]];
        }
      }
    }
  }

  /** So many of the rows, drawn with replacement. */
  AlarmData resampled(Random random, int count) {
    int[] rows = random.ints(count, 0, features.rows()).toArray();
    FeatureBatch drawn = new FeatureBatch(features.features(), count);
    drawn.reset(count);
    copy(features, rows, drawn, 0);
    double[][] values =
        Arrays.stream(outputs)
            .map(o -> IntStream.of(rows).mapToDouble(r -> o[r]).toArray())
            .toArray(double[][]::new);
    int[] drawnClasses = classes == null ? null : IntStream.of(rows).map(r -> classes[r]).toArray();
    return new AlarmData(name, bundle, drawn, values, drawnClasses);
  }

  /** What score would record of these rows. */
  Profile profile() {
    Profiler profiler = new Profiler(bundle.baseline());
    profiler.addFeatures(features, null);
    int rows = features.rows();
    int first = classes == null ? 0 : 1;
    if (classes != null) {
      profiler.addClasses(0, classes, rows, null);
    }
    for (int k = 0; k < outputs.length; k++) {
      profiler.addOutput(first + k, outputs[k], rows, null);
    }
    return profiler.profile();
  }

  /** The rows of a file that hold, shuffled and cut into two files of four and one fifths. */
  static void split(Path from, String prefix, int column, String value, Path train, Path test)
      throws IOException {
    List<String> lines = Files.readAllLines(from, StandardCharsets.UTF_8);
    List<String> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.split(",", -1)[column].equals(value)) {
        rows.add(line);
      }
    }
    Collections.shuffle(rows, new Random(42));
    int cut = rows.size() * 4 / 5;
    write(train, lines.get(0), rows.subList(0, cut));
    write(test, lines.get(0), rows.subList(cut, rows.size()));
  }

  static void write(Path file, String header, List<String> rows) throws IOException {
    Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
  }
}
