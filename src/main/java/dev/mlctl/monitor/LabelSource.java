package dev.mlctl.monitor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the truth is, once it is known.
 *
 * @param path a CSV file, or JSON lines when it ends in .json, .jsonl or .ndjson
 * @param key the column that names a row, both here and in the scored output
 * @param target the column of the truth; empty for the model's own target
 */
public record LabelSource(Path path, String key, Optional<String> target) {}
