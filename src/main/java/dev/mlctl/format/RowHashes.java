package dev.mlctl.format;

import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RowDigester;
import dev.mlctl.data.RowHash;

/**
 * The digest of rows whose values come a column at a time. A row is hashed as its values in the
 * order of the columns, each as what is stored of it before encoding: a word of 64 bits, bytes, or
 * that it is null. Not thread-safe.
 */
final class RowHashes {
  private static final long VALUE = 0;
  private static final long NULL = 1;

  private final RowDigester digester = new RowDigester();
  private final RowHash hash = new RowHash();
  private long[] low = new long[0];
  private long[] high = new long[0];
  private int rows;

  /** Starts so many rows. */
  void start(int count) {
    if (low.length < count) {
      low = new long[count];
      high = new long[count];
    }
    rows = count;
    hash.start();
    for (int r = 0; r < rows; r++) {
      keep(r);
    }
  }

  /** Goes on with a row's next value. */
  void addWord(int row, long word) {
    hash.resume(low[row], high[row]);
    hash.add(word, VALUE);
    keep(row);
  }

  /** Goes on with a row's next value. */
  void addBytes(int row, byte[] bytes, int start, int end) {
    hash.resume(low[row], high[row]);
    hash.add(bytes, start, end);
    keep(row);
  }

  /** Goes on with a null as a row's next value. */
  void addNull(int row) {
    hash.resume(low[row], high[row]);
    hash.add(0, NULL);
    keep(row);
  }

  private void keep(int row) {
    low[row] = hash.low();
    high[row] = hash.high();
  }

  /** Ends the rows, which now have all their values. */
  void end() {
    for (int r = 0; r < rows; r++) {
      hash.resume(low[r], high[r]);
      digester.add(hash);
    }
  }

  /** The digest of the rows that were ended. */
  RowDigest digest() {
    return digester.digest();
  }
}
