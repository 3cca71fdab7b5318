package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import java.io.IOException;
import java.util.List;

/** A file of columns whose description was read. Immutable and thread-safe. */
public interface ColumnFile {
  /** Its columns, in file order, those that cannot be read included. */
  List<FileColumn> columns();

  /**
   * Where it can be cut, in file order. Any ranges that begin and end where sections do, in order
   * and without gaps, give every row once and in file order; so do ranges that begin and end
   * anywhere, but only those of Parquet then know the numbers of their rows.
   *
   * @throws IOException when the file cannot be read
   * @throws dev.mlctl.error.Failure of kind INPUT when it is damaged
   */
  List<Section> sections() throws IOException;

  /**
   * Reads the rows of the sections whose first byte is in a range.
   *
   * @param wanted the columns to read, each once, in the order the batches shall have them
   * @param start the first byte of the range
   * @param end one past its last byte
   * @param firstRow the number of its first row in the file, from 1; for Parquet of no account
   * @throws IOException when the file cannot be opened
   * @throws dev.mlctl.error.Failure of kind INPUT when a wanted column is missing or cannot be read
   */
  BatchReader read(List<String> wanted, long start, long end, long firstRow) throws IOException;

  /** Reads all rows. */
  default BatchReader read(List<String> wanted) throws IOException {
    return read(wanted, 0, Long.MAX_VALUE, 1);
  }
}
