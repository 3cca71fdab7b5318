package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.format.ColumnCompression;
import java.io.Serializable;

/**
 * Where a run's results go.
 *
 * @param output the file or, ending with a slash, the directory; {@code -} for standard output
 * @param shards at most this many files in a directory; 0 for one per part
 * @param deadLetter the file, or empty when there is none
 * @param maxRatio the largest share of rejected rows at which the output is still published
 * @param overwrite whether existing files are replaced
 */
record Publication(
    String output,
    RowFormat format,
    CsvOptions csvOptions,
    Compression compression,
    ColumnCompression columnCompression,
    int shards,
    boolean manifest,
    String deadLetter,
    RowFormat deadLetterFormat,
    CsvOptions deadLetterCsv,
    double maxRatio,
    boolean overwrite)
    implements Serializable {
  static Publication of(ScoreSpec spec) {
    ScoreSink dead = spec.deadLetter().map(DeadLetter::sink).orElse(null);
    return new Publication(
        spec.sink().path(),
        spec.sink().format(),
        spec.sink().csvOptions(),
        spec.sink().compression(),
        spec.sink().columnCompression(),
        spec.sink().shards(),
        spec.sink().manifest(),
        dead == null ? "" : dead.path(),
        dead == null ? RowFormat.JSON : dead.format(),
        dead == null ? CsvOptions.DEFAULT : dead.csvOptions(),
        spec.deadLetter().map(DeadLetter::maxRatio).orElse(0.0),
        spec.overwrite());
  }

  /** The same by paths that other processes understand. */
  Publication absolute() {
    return new Publication(
        absolute(output),
        format,
        csvOptions,
        compression,
        columnCompression,
        shards,
        manifest,
        absolute(deadLetter),
        deadLetterFormat,
        deadLetterCsv,
        maxRatio,
        overwrite);
  }

  private static String absolute(String path) {
    boolean none = path.isEmpty() || path.equals(ScoreSource.STANDARD_STREAM);
    return none ? path : Storage.of(path).absolute(path);
  }

  boolean isStdout() {
    return output.equals(ScoreSource.STANDARD_STREAM);
  }

  boolean isDirectory() {
    return output.endsWith("/");
  }

  /** The output without the slash that says it is a directory. */
  String target() {
    return isDirectory() ? output.substring(0, output.length() - 1) : output;
  }

  boolean hasDeadLetter() {
    return !deadLetter.isEmpty();
  }
}
