package dev.mlctl.data;

import java.io.Closeable;
import java.io.IOException;

/** Reads rows in batches from one stream. Not thread-safe. */
public interface BatchReader extends Closeable {
  /**
   * The next rows.
   *
   * @return a batch with at least one row, valid until the next call, or null at the end
   * @throws IOException when the stream fails
   * @throws dev.mlctl.error.Failure of kind INPUT when the stream cannot be understood at all
   */
  RowBatch next() throws IOException;
}
