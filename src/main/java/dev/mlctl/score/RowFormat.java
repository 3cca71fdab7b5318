package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.ColumnFormat;
import java.util.Locale;
import java.util.Optional;

/** A format rows are read from or written in. */
public enum RowFormat {
  /** RFC 4180. */
  CSV,
  /** One JSON object a line. */
  JSON,
  /** Apache Parquet. */
  PARQUET,
  /** Apache Avro's container files. */
  AVRO;

  /** The format of files of columns; empty for a text format. */
  Optional<ColumnFormat> columns() {
    return switch (this) {
      case CSV, JSON -> Optional.empty();
      case PARQUET -> Optional.of(ColumnFormat.PARQUET);
      case AVRO -> Optional.of(ColumnFormat.AVRO);
    };
  }

  boolean isText() {
    return columns().isEmpty();
  }

  /**
   * The format a word names, such as an extension.
   *
   * @throws Failure of kind USAGE when it names none
   */
  public static RowFormat named(String word) {
    return withExtension(word.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                Failure.of(FailureKind.USAGE, "unknown format \"%s\"", word)
                    .hint("the formats are csv, json (one object a line), parquet and avro"));
  }

  /** The format of files with an extension, in lower case. */
  static Optional<RowFormat> withExtension(String extension) {
    return switch (extension) {
      case "csv", "tsv" -> Optional.of(CSV);
      case "json", "jsonl", "ndjson" -> Optional.of(JSON);
      case "parquet" -> Optional.of(PARQUET);
      case "avro" -> Optional.of(AVRO);
      default -> Optional.empty();
    };
  }
}
