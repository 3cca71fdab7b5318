package dev.mlctl.score;

import dev.mlctl.config.CsvSettings;
import dev.mlctl.config.Key;
import dev.mlctl.config.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a score.yaml may say. */
final class ScoreShape {
  static final String READ_CSV = "ReadFromCsv";
  static final String READ_JSON = "ReadFromJson";
  static final String WRITE_CSV = "WriteToCsv";
  static final String WRITE_JSON = "WriteToJson";
  static final String READ_PARQUET = "ReadFromParquet";
  static final String WRITE_PARQUET = "WriteToParquet";
  static final String READ_AVRO = "ReadFromAvro";
  static final String WRITE_AVRO = "WriteToAvro";

  static final Shape SHAPE =
      Shape.object(
          Key.required(
              "model",
              Shape.text(),
              "NAME@ENV for the current release, NAME@ENV#N for release N, or a bundle's path."),
          Key.required("source", Shape.tagged(sources()), "Where the rows come from."),
          Key.required("sink", Shape.tagged(sinks(true)), "Where the scored rows go."),
          Key.optional(
              "dead_letter",
              Shape.tagged(
                  sinks(false),
                  Key.optional(
                      "max_ratio",
                      Shape.number(0, 1),
                      1.0,
                      "The run fails when more than this share of the rows is rejected.")),
              "Where rows go that cannot be scored; without it, one such row fails the run."),
          Key.optional(
              "runner",
              Shape.text(),
              "direct",
              "What runs the pipeline: direct (this process), flink, spark or dataflow."),
          Key.optional(
              "options", Shape.mapOf(Shape.scalar()), Map.of(), "Options of Beam and its runner."),
          Key.optional(
              "shared",
              Shape.textOrList(),
              "Directories that every worker of a cluster has under the same path."),
          Key.optional("output", output(), Map.of(), "What a scored row holds."),
          Key.optional(
              "profile",
              Shape.either(Shape.bool(), profile()),
              true,
              "Count the rows scored, which monitor works with; a map also counts them apart."));

  private ScoreShape() {}

  private static Map<String, Shape> sources() {
    Map<String, Shape> types = new LinkedHashMap<>();
    Key path = Key.required("path", Shape.textOrList(), "A file, a glob, - for stdin, or a list.");
    List<Key> csv = new ArrayList<>(List.of(path));
    csv.addAll(CsvSettings.sourceKeys());
    types.put(READ_CSV, Shape.object(csv.toArray(Key[]::new)));
    types.put(READ_JSON, Shape.object(path));
    types.put(READ_PARQUET, Shape.object(path));
    types.put(READ_AVRO, Shape.object(path));
    return types;
  }

  /** The format that a type of source reads. */
  static RowFormat read(String type) {
    return switch (type) {
      case READ_CSV -> RowFormat.CSV;
      case READ_JSON -> RowFormat.JSON;
      case READ_PARQUET -> RowFormat.PARQUET;
      case READ_AVRO -> RowFormat.AVRO;
      default -> throw new IllegalArgumentException(type);
    };
  }

  /** The format that a type of sink writes. */
  static RowFormat written(String type) {
    return switch (type) {
      case WRITE_CSV -> RowFormat.CSV;
      case WRITE_JSON -> RowFormat.JSON;
      case WRITE_PARQUET -> RowFormat.PARQUET;
      case WRITE_AVRO -> RowFormat.AVRO;
      default -> throw new IllegalArgumentException(type);
    };
  }

  /** The type of sink that writes a format. */
  static String writing(RowFormat format) {
    return switch (format) {
      case CSV -> WRITE_CSV;
      case JSON -> WRITE_JSON;
      case PARQUET -> WRITE_PARQUET;
      case AVRO -> WRITE_AVRO;
    };
  }

  /** The sinks; those of the output can do more than the dead letter's. */
  private static Map<String, Shape> sinks(boolean output) {
    Map<String, Shape> types = new LinkedHashMap<>();
    String file = "The file to write, or - for stdout";
    List<Key> keys = new ArrayList<>();
    keys.add(
        Key.required(
            "path",
            Shape.text(),
            output ? file + "; ending with a slash, a directory of files." : file + "."));
    if (output) {
      keys.add(
          Key.optional(
              "compression",
              Shape.oneOf("auto", "none", "gzip", "zstd"),
              "auto",
              "How the output is compressed; auto goes by .gz and .zst."));
      keys.add(
          Key.optional(
              "shards", Shape.integer(0, 100_000), 0, "At most this many files in a directory."));
      keys.add(
          Key.optional(
              "manifest",
              Shape.bool(),
              false,
              "Write PATH.manifest.json beside the one file; a directory always has one."));
    }
    types.put(WRITE_JSON, Shape.object(keys.toArray(Key[]::new)));
    if (output) {
      types.put(WRITE_PARQUET, Shape.object(pages(keys)));
      types.put(WRITE_AVRO, Shape.object(pages(keys)));
    }
    keys.addAll(1, CsvSettings.sinkKeys());
    types.put(WRITE_CSV, Shape.object(keys.toArray(Key[]::new)));
    return types;
  }

  /** The keys of a text sink, with the compressions of pages instead of those of streams. */
  private static Key[] pages(List<Key> keys) {
    List<Key> own = new ArrayList<>(keys);
    own.set(
        1,
        Key.optional(
            "compression",
            Shape.oneOf("auto", "none", "snappy", "gzip", "zstd"),
            "auto",
            "How pages or blocks are compressed; auto is snappy."));
    return own.toArray(Key[]::new);
  }

  private static Shape profile() {
    return Shape.object(
        Key.optional("time", Shape.text(), "The column of a row's date or time, for windows."),
        Key.optional(
            "window", Shape.text(), "How long windows are: PT1H, P1D (default), P7D, P1M."),
        Key.optional(
            "slices",
            Shape.listOf(Shape.text()),
            "Columns whose values are counted apart, the 50 most frequent of each."));
  }

  private static Shape output() {
    return Shape.object(
        Key.optional(
            "passthrough",
            Shape.either(Shape.oneOf("all", "none"), Shape.listOf(Shape.text())),
            "all",
            "The input columns to pass on. From JSON to CSV, all means those of the first object."),
        Key.optional("prediction", Shape.text(), "prediction", "The column of predictions."),
        Key.optional(
            "probabilities", Shape.bool(), false, "Add a column probability_CLASS per class."),
        Key.optional("release", Shape.bool(), false, "Add a column model_release."),
        Key.optional(
            "challenger",
            Shape.bool(),
            false,
            "Add a column challenger_prediction, and its probabilities if there are others."));
  }
}
