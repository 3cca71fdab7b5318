package dev.mlctl.score;

import dev.mlctl.data.RawField;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which rows a canary answers: those whose hash is below its share of 2^64. The hash of a row is
 * the first eight bytes of a SHA-256, read as an unsigned number, so that anybody can work it out:
 * {@code printf %s KEY | sha256sum | cut -c1-16}. It is that of the key's value as UTF-8 text,
 * whatever quotes and escapes the format writes it with, or of nothing where the key is missing;
 * without a key, that of the record without its line end, or in a file of columns of the JSON
 * object of the columns that are read. So it depends on the row alone, neither on the rows around
 * it nor on how the input is cut. Not thread-safe.
 */
final class Canary {
  private final int keyColumn;
  private final boolean all;
  private final long limit;
  private final MessageDigest sha256;

  /**
   * A canary.
   *
   * @param share of the rows, above 0 and at most 1
   * @param keyColumn the key's column in the batches; −1 for the whole record
   */
  Canary(double share, int keyColumn) {
    this.keyColumn = keyColumn;
    this.all = share >= 1;
    // Exact: a double times a power of two is one, and 2^64 times less than 1 fits into 64 bits.
    this.limit = new BigDecimal(Math.scalb(share, Long.SIZE)).toBigInteger().longValue();
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean takes(RowBatch batch, int row) {
    return all || Long.compareUnsigned(hash(batch, row), limit) < 0;
  }

  private long hash(RowBatch batch, int row) {
    byte[] bytes = batch.bytes();
    if (batch.format() == TextFormat.PLAIN) {
      hash(keyColumn < 0 ? batch.record(row) : batch.text(keyColumn, row));
    } else if (keyColumn < 0) {
      sha256.update(bytes, batch.recordStart(row), batch.recordEnd(row) - batch.recordStart(row));
    } else {
      int start = batch.starts(keyColumn)[row];
      int end = batch.ends(keyColumn)[row];
      if (RawField.isQuoted(batch.quote(), bytes, start, end)) {
        hash(batch.text(keyColumn, row));
      } else {
        sha256.update(bytes, start, end - start);
      }
    }
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  private void hash(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
