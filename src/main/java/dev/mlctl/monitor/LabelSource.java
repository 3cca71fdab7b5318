package dev.mlctl.monitor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the truth is, once it is known.
 *
 * @param path a CSV file, or what its ending says: .json, .jsonl, .ndjson, .parquet, .avro; text
 *     may be compressed
 * @param key the column that names a row, both here and in the scored output
 * @param target the column of the truth; empty for the model's own target
 */
public record LabelSource(Path path, String key, Optional<String> target) {}
