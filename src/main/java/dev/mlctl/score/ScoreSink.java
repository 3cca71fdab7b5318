package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.format.ColumnCompression;
import java.util.Objects;

/**
 * One file, or a directory of files, that rows go to. Immutable.
 *
 * @param format how they are written
 * @param path the file, already relative to the working directory; ending with a slash, the
 *     directory; {@code -} for standard output
 * @param csvOptions how CSV is written; the default for other formats
 * @param compression how a text file is compressed
 * @param columnCompression how the pages of a file of columns are
 * @param shards at most this many files in a directory; 0 to choose by the input's size
 * @param manifest whether a file that lists the output lies beside it; a directory always has one
 */
public record ScoreSink(
    RowFormat format,
    String path,
    CsvOptions csvOptions,
    Compression compression,
    ColumnCompression columnCompression,
    int shards,
    boolean manifest) {
  /** One plain file. */
  public ScoreSink(RowFormat format, String path, CsvOptions csvOptions) {
    this(format, path, csvOptions, Compression.NONE, ColumnCompression.SNAPPY, 0, false);
  }

  /** Checks that no part is null. */
  public ScoreSink {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(csvOptions, "csvOptions");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(columnCompression, "columnCompression");
  }

  /** Whether rows are written to several files in a directory. */
  public boolean isDirectory() {
    return path.endsWith("/");
  }

  /** The path without the slash that says it is a directory. */
  String target() {
    return isDirectory() ? path.substring(0, path.length() - 1) : path;
  }

  /** Whether rows are written to standard output. */
  public boolean isStdout() {
    return path.equals(ScoreSource.STANDARD_STREAM);
  }
}
