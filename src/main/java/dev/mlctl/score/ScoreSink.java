package dev.mlctl.score;

import dev.mlctl.data.TextFormat;
import java.util.Objects;

/**
 * One file that rows go to. Immutable.
 *
 * @param format how they are written
 * @param path the file, already relative to the working directory, or {@code -} for standard output
 * @param delimiter the character between CSV fields, ASCII; a comma for other formats
 */
public record ScoreSink(TextFormat format, String path, char delimiter) {
  /** Checks that no part is null. */
  public ScoreSink {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(path, "path");
  }

  /** Whether rows are written to standard output. */
  public boolean isStdout() {
    return path.equals(ScoreSource.STANDARD_STREAM);
  }
}
