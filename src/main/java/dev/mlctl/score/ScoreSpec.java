package dev.mlctl.score;

import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.format.ColumnCompression;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to score, with what, and where to. Made once at the edge; nobody after it asks what the user
 * typed. Immutable.
 *
 * @param model the reference as given; resolving it is the caller's business
 * @param deadLetter empty when a row that cannot be scored shall fail the run
 * @param runner {@code direct}
 * @param options Beam options as command-line arguments, {@code --name=value}
 * @param output what an output row holds
 * @param profile whether the rows are counted for monitoring
 * @param overwrite whether existing output is replaced
 */
public record ScoreSpec(
    String model,
    ScoreSource source,
    ScoreSink sink,
    Optional<DeadLetter> deadLetter,
    String runner,
    List<String> options,
    OutputColumns output,
    boolean profile,
    boolean overwrite) {
  /** What a score.yaml may say. */
  public static final Shape SHAPE = ScoreShape.SHAPE;

  /** The runner that is part of every installation. */
  public static final String DIRECT = "direct";

  private static final Map<String, String> KNOWN_RUNNERS =
      Map.of(
          "direct", DIRECT,
          "directrunner", DIRECT,
          "flink", "flink",
          "flinkrunner", "flink",
          "spark", "spark",
          "sparkrunner", "spark",
          "dataflow", "dataflow",
          "dataflowrunner", "dataflow");

  /** Copies. */
  public ScoreSpec {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sink, "sink");
    options = List.copyOf(options);
    Objects.requireNonNull(output, "output");
    if (sink.isStdout() && deadLetter.filter(d -> d.sink().isStdout()).isPresent()) {
      throw Failure.of(
          FailureKind.USAGE, "the dead letter cannot go to standard output beside the predictions");
    }
  }

  /**
   * The meaning of a checked score.yaml.
   *
   * @param settings checked against {@link #SHAPE}
   * @param directory what relative paths are relative to: the file's own directory
   * @throws Failure of kind USAGE naming every fault that a shape cannot see
   */
  public static ScoreSpec from(Settings settings, Path directory) {
    List<Problem> problems = new ArrayList<>();
    SpecReader reader = new SpecReader(directory, problems);
    ScoreSource source = reader.source(settings.section("source"));
    ScoreSink sink = reader.output(settings.section("sink"));
    Optional<DeadLetter> dead = Optional.empty();
    if (settings.has("dead_letter")) {
      Settings given = settings.section("dead_letter");
      dead = Optional.of(new DeadLetter(reader.deadLetter(given), given.number("max_ratio")));
    }
    String runner = reader.runner(settings);
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
    return new ScoreSpec(
        settings.text("model"),
        source,
        sink,
        dead,
        runner,
        arguments(settings.scalars("options")),
        reader.columns(settings.section("output")),
        settings.bool("profile"),
        false);
  }

  /**
   * The simple case: files or standard streams, all columns passed on.
   *
   * @param inputs files and globs, or {@code -} alone
   * @param output a file or {@code -}
   * @param inputFormat the format of the input; empty to go by the extension, CSV for stdin
   * @param outputFormat the same of the output; the input's for stdout
   * @throws Failure of kind USAGE when a format cannot be told from its file name
   */
  public static ScoreSpec simple(
      String model,
      List<String> inputs,
      String output,
      Optional<RowFormat> inputFormat,
      Optional<RowFormat> outputFormat) {
    String input = inputs.get(0);
    RowFormat in = inputFormat.orElseGet(() -> format(input, RowFormat.CSV, "--input-format"));
    RowFormat out = outputFormat.orElseGet(() -> format(output, in, "--output-format"));
    return new ScoreSpec(
        model,
        new ScoreSource(in, inputs, csvOptions(input), Set.of()),
        new ScoreSink(
            out,
            output,
            csvOptions(output),
            compression(output),
            ColumnCompression.SNAPPY,
            0,
            false),
        Optional.empty(),
        DIRECT,
        List.of(),
        OutputColumns.DEFAULT,
        true,
        false);
  }

  /**
   * Whether a word names a runner that is here; one that Beam has but this has not is a failure.
   */
  static String runnerNamed(String word) {
    String runner = KNOWN_RUNNERS.get(word.toLowerCase(Locale.ROOT));
    if (runner == null) {
      throw Failure.of(FailureKind.USAGE, "unknown runner \"%s\"", word)
          .hint("this installation has: " + DIRECT);
    }
    if (!runner.equals(DIRECT)) {
      throw Failure.of(FailureKind.USAGE, "runner %s is not part of this installation", runner)
          .hint("this installation has: " + DIRECT);
    }
    return runner;
  }

  /** Every path that is read or written, standard streams excepted. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(source.paths());
    paths.add(sink.path());
    deadLetter.ifPresent(dead -> paths.add(dead.sink().path()));
    paths.removeIf(ScoreSource.STANDARD_STREAM::equals);
    return paths;
  }

  /** The same with another dead letter. */
  public ScoreSpec withDeadLetter(DeadLetter other) {
    return new ScoreSpec(
        model, source, sink, Optional.of(other), runner, options, output, profile, overwrite);
  }

  /**
   * The same with another runner, by mlctl's name or Beam's.
   *
   * @throws Failure of kind USAGE when there is no such runner here
   */
  public ScoreSpec withRunner(String name) {
    return new ScoreSpec(
        model, source, sink, deadLetter, runnerNamed(name), options, output, profile, overwrite);
  }

  /** The same with more Beam arguments ({@code --name=value}); later ones win. */
  public ScoreSpec withOptions(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new ScoreSpec(model, source, sink, deadLetter, runner, all, output, profile, overwrite);
  }

  /** The same with other output columns. */
  public ScoreSpec withOutput(OutputColumns other) {
    return new ScoreSpec(
        model, source, sink, deadLetter, runner, options, other, profile, overwrite);
  }

  /** The same, replacing existing output or not. */
  public ScoreSpec withOverwrite(boolean replace) {
    return new ScoreSpec(
        model, source, sink, deadLetter, runner, options, output, profile, replace);
  }

  private static List<String> arguments(Map<String, Object> options) {
    List<String> arguments = new ArrayList<>();
    options.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return arguments;
  }

  private static RowFormat format(String path, RowFormat ofStream, String flag) {
    if (path.equals(ScoreSource.STANDARD_STREAM)) {
      return ofStream;
    }
    return RowFormat.withExtension(extension(path))
        .orElseThrow(
            () ->
                Failure.of(FailureKind.USAGE, "cannot tell the format of %s from its name", path)
                    .hint(
                        "name it .csv, .tsv, .jsonl, .json, .ndjson, .parquet or .avro, or give "
                            + flag));
  }

  private static CsvOptions csvOptions(String path) {
    return extension(path).equals("tsv") ? CsvOptions.delimited('\t') : CsvOptions.DEFAULT;
  }

  /** How a file of this name is compressed; a stream is not. */
  static Compression compression(String path) {
    return path.equals(ScoreSource.STANDARD_STREAM) ? Compression.NONE : Compression.named(path);
  }

  private static String extension(String path) {
    try {
      Path name = Path.of(Compression.named(path).strip(path)).getFileName();
      String text = name == null ? "" : name.toString();
      return text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    } catch (InvalidPathException e) {
      throw Failure.of(FailureKind.USAGE, "not a path: %s", path).causedBy(e);
    }
  }
}
