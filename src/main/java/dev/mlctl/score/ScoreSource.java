package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.TextFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where rows come from. Immutable.
 *
 * @param format how they are written
 * @param paths files and globs, already relative to the working directory; the one path {@code -}
 *     is standard input
 * @param delimiter the character between CSV fields, ASCII; a comma for other formats
 * @param nullValues texts that stand for a missing value besides the empty one
 */
public record ScoreSource(
    TextFormat format, List<String> paths, char delimiter, Set<String> nullValues) {
  /** The path that means standard input or standard output. */
  public static final String STANDARD_STREAM = "-";

  /** Copies. */
  public ScoreSource {
    Objects.requireNonNull(format, "format");
    paths = List.copyOf(paths);
    nullValues = Set.copyOf(nullValues);
  }

  /** How CSV is written. */
  CsvOptions csvOptions() {
    return new CsvOptions((byte) delimiter);
  }

  /** Whether rows are read from standard input. */
  public boolean isStdin() {
    return paths.equals(List.of(STANDARD_STREAM));
  }
}
