package dev.mlctl.score;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RowDigester;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A part of text rows: kept in memory, or written to a stream whenever enough has come together.
 */
final class TextPart implements PartEncoder {
  private static final int FLUSH_BYTES = 1 << 20;

  private final RowEncoder encoder;
  private final Bytes rows;
  private final OutputStream out;
  private final RowDigester digester = new RowDigester();

  private TextPart(RowEncoder encoder, Bytes rows, OutputStream out) {
    this.encoder = encoder;
    this.rows = rows;
    this.out = out;
  }

  static TextPart inMemory(RowEncoder encoder, Bytes rows) {
    return new TextPart(encoder, rows, null);
  }

  static TextPart to(OutputStream out, RowEncoder encoder) {
    return new TextPart(encoder, new Bytes(), out);
  }

  @Override
  public void write(RowBatch batch, Answers answers) throws IOException {
    encoder.encode(batch, answers, rows, digester);
    flush(FLUSH_BYTES);
  }

  @Override
  public RowDigest digest() {
    return digester.digest();
  }

  @Override
  public void finish() throws IOException {
    flush(0);
  }

  private void flush(int limit) throws IOException {
    if (out != null && rows.size() > limit) {
      rows.writeTo(out);
      rows.clear();
    }
  }
}
