package dev.mlctl.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the truth is, once it is known.
 *
 * @param paths files, at least one, whose names may hold {@code *}, {@code ?}, {@code [a-z]} and
 *     {@code {a,b}}: each CSV, or what its ending says (.json, .jsonl, .ndjson, .parquet, .avro);
 *     text may be compressed
 * @param key the column that names a row, both here and in the scored output
 * @param target the column of the truth; empty for the model's own target
 * @param slices columns by whose values the metrics are given apart, in the scored output or here
 * @param minCoverage the share of a run's predictions that must have a label before its metrics
 *     count as complete, 0 to 1
 */
public record LabelSource(
    List<Path> paths,
    String key,
    Optional<String> target,
    List<String> slices,
    double minCoverage) {
  /** Half of the predictions of a run. */
  public static final double MIN_COVERAGE = 0.5;

  /** Copies. */
  public LabelSource {
    paths = List.copyOf(paths);
    slices = List.copyOf(slices);
  }

  /** One file or pattern, and no slices. */
  public LabelSource(Path path, String key, Optional<String> target) {
    this(List.of(path), key, target, List.of(), MIN_COVERAGE);
  }
}
