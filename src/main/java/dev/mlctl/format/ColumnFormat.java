package dev.mlctl.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

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

  /** Starts to write a file. */
  public RowWriter write(
      OutputStream out, List<OutputColumn> columns, ColumnCompression compression) {
    return new ParquetWriter(out, columns, compression);
  }

  /**
   * Makes one file of several that were written with the same columns and compression, without
   * decoding them.
   *
   * @param parts at least one, in order
   * @throws IOException when a part cannot be read or the stream not be written
   */
  public void join(List<ByteSource> parts, OutputStream out) throws IOException {
    ParquetJoin.join(parts, out);
  }
}
