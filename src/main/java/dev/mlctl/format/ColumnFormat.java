package dev.mlctl.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The formats of files of columns. */
public enum ColumnFormat {
  /** Apache Parquet. */
  PARQUET,
  /** Apache Avro's object container files. */
  AVRO;

  /**
   * Reads what a file tells of itself.
   *
   * @throws IOException when it cannot be read
   * @throws dev.mlctl.error.Failure of kind INPUT when it is not of this format, or damaged
   */
  public ColumnFile open(ByteSource file) throws IOException {
    return switch (this) {
      case PARQUET -> ParquetFile.open(file);
      case AVRO -> AvroFile.open(file);
    };
  }

  /**
   * Starts to write a file.
   *
   * @throws dev.mlctl.error.Failure of kind USAGE when the format has no such columns
   */
  public RowWriter write(
      OutputStream out, List<OutputColumn> columns, ColumnCompression compression) {
    return switch (this) {
      case PARQUET -> new ParquetWriter(out, columns, compression);
      case AVRO -> new AvroWriter(out, columns, compression);
    };
  }

  /**
   * Makes one file of several that were written with the same columns and compression, without
   * decoding them.
   *
   * @param parts at least one, in order
   * @throws IOException when a part cannot be read or the stream not be written
   */
  public void join(List<ByteSource> parts, OutputStream out) throws IOException {
    switch (this) {
      case PARQUET -> ParquetJoin.join(parts, out);
      case AVRO -> AvroWriter.join(parts, out);
    }
  }
}
