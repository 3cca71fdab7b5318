package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where rows come from. Immutable.
 *
 * @param format how they are written
 * @param paths files and globs, already relative to the working directory; the one path {@code -}
 *     is standard input
 * @param csvOptions how CSV is written; the default for other formats
 * @param nullValues texts that stand for a missing value besides the empty one
 */
public record ScoreSource(
    RowFormat format, List<String> paths, CsvOptions csvOptions, Set<String> nullValues) {
  /** The path that means standard input or standard output. */
  public static final String STANDARD_STREAM = "-";

  /** Copies. */
  public ScoreSource {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csvOptions, "csvOptions");
    paths = List.copyOf(paths);
    nullValues = Set.copyOf(nullValues);
  }

  /** Whether rows are read from standard input. */
  public boolean isStdin() {
    return paths.equals(List.of(STANDARD_STREAM));
  }
}
