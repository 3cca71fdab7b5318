package dev.mlctl.format;

import java.io.IOException;

/** The formats of files of columns. */
public enum ColumnFormat {
  /** Apache Parquet. */
  PARQUET;

  /**
   * Reads what a file tells of itself.
   *
   * @throws IOException when it cannot be read
   * @throws dev.mlctl.error.Failure of kind INPUT when it is not of this format, or damaged
   */
  public ColumnFile open(ByteSource file) throws IOException {
    return ParquetFile.open(file);
  }
}
