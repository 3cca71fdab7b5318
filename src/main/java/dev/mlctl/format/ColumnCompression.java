package dev.mlctl.format;

/** How the bytes of a written file are compressed. */
public enum ColumnCompression {
  /** Not at all. */
  NONE,
  /** Snappy: fast, and what most Parquet files use. */
  SNAPPY,
  /** Zstandard at its default level. */
  ZSTD,
  /** Deflate, with the header of gzip in Parquet and without one in Avro. */
  GZIP
}
