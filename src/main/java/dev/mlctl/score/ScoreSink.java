package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.TextFormat;
import java.util.Objects;

/**
 * One file, or a directory of files, that rows go to. Immutable.
 *
 * @param format how they are written
 * @param path the file, already relative to the working directory; ending with a slash, the
 *     directory; {@code -} for standard output
 * @param delimiter the character between CSV fields, ASCII; a comma for other formats
 * @param compression how the file is compressed
 * @param shards at most this many files in a directory; 0 to choose by the input's size
 * @param manifest whether a file that lists the output lies beside it; a directory always has one
 */
public record ScoreSink(
    TextFormat format,
    String path,
    char delimiter,
    Compression compression,
    int shards,
    boolean manifest) {
  /** One plain file. */
  public ScoreSink(TextFormat format, String path, char delimiter) {
    this(format, path, delimiter, Compression.NONE, 0, false);
  }

  /** Checks that no part is null. */
  public ScoreSink {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(compression, "compression");
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
