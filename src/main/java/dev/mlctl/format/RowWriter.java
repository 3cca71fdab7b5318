package dev.mlctl.format;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import java.io.IOException;

/** Writes a file of columns to a stream, which it does not close. Not thread-safe. */
public interface RowWriter {
  /**
   * Appends every row of a batch that is not rejected.
   *
   * @param numbers what the {@link OutputColumn.Numbers} take theirs from: an array for each, with
   *     a value for each row of the batch
   * @param codes what the {@link OutputColumn.Codes} take theirs from, like the numbers; null when
   *     there is no such column
   */
  void write(RowBatch batch, double[][] numbers, int[][] codes) throws IOException;

  /**
   * The digest of the rows so far. It depends on their values and on the format, not on the
   * compression, nor on how the file is laid out.
   */
  RowDigest digest();

  /** Writes what was held back and the end of the file; nothing can be written after it. */
  void finish() throws IOException;
}
