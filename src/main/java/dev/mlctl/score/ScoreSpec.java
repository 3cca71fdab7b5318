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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to score, with what, and where to. Made once at the edge; nobody after it asks what the user
 * typed. Immutable.
 *
 * @param model the reference as given; resolving it is the caller's business
 * @param deadLetter empty when a row that cannot be scored shall fail the run
 * @param execution what runs it
 * @param output what an output row holds
 * @param profile how the rows are counted for monitoring
 * @param overwrite whether existing output is replaced
 */
public record ScoreSpec(
    String model,
    ScoreSource source,
    ScoreSink sink,
    Optional<DeadLetter> deadLetter,
    Execution execution,
    OutputColumns output,
    Profiling profile,
    boolean overwrite) {
  /** What a score.yaml may say. */
  public static final Shape SHAPE = ScoreShape.SHAPE;

  /** Copies. */
  public ScoreSpec {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(profile, "profile");
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
    Execution execution = reader.execution(settings);
    Profiling profiling = reader.profiling(settings);
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
    return new ScoreSpec(
        settings.text("model"),
        source,
        sink,
        dead,
        execution,
        reader.columns(settings.section("output")),
        profiling,
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
        Execution.DIRECT,
        OutputColumns.DEFAULT,
        Profiling.ON,
        false);
  }

  /** Every path that is read or written, standard streams excepted. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>(source.paths());
    paths.add(sink.path());
    deadLetter.ifPresent(dead -> paths.add(dead.sink().path()));
    paths.removeIf(ScoreSource.STANDARD_STREAM::equals);
    return paths;
  }

  /** The same with another dead letter. */
  public ScoreSpec withDeadLetter(DeadLetter other) {
    return new ScoreSpec(
        model, source, sink, Optional.of(other), execution, output, profile, overwrite);
  }

  /** The same, run in another way. */
  public ScoreSpec withExecution(Execution other) {
    return new ScoreSpec(model, source, sink, deadLetter, other, output, profile, overwrite);
  }

  /** The same with other output columns. */
  public ScoreSpec withOutput(OutputColumns other) {
    return new ScoreSpec(model, source, sink, deadLetter, execution, other, profile, overwrite);
  }

  /** The same, replacing existing output or not. */
  public ScoreSpec withOverwrite(boolean replace) {
    return new ScoreSpec(model, source, sink, deadLetter, execution, output, profile, replace);
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
