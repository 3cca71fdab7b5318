package dev.mlctl.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Streams of bytes for the reader tests, and what was read from them as plain values. */
public final class Streams {
  private Streams() {}

  /** A row as read: its line, and either its fields or the reason it was rejected for. */
  public record Row(long line, List<String> fields, String reason) {}

  static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives 1 to {@code most} bytes a read, as a socket or a pipe does. */
  static InputStream dribbling(byte[] bytes, int most, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }

  /** All rows there are; closes the reader. */
  public static List<Row> rows(BatchReader reader) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (reader) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int r = 0; r < batch.rows(); r++) {
          rows.add(row(batch, r));
        }
      }
    }
    return rows;
  }

  private static Row row(RowBatch batch, int r) {
    if (batch.isRejected(r)) {
      return new Row(batch.line(r), List.of(), batch.failedRow(r).reason());
    }
    List<String> fields = new ArrayList<>();
    for (int c = 0; c < batch.columns(); c++) {
      fields.add(batch.text(c, r));
    }
    return new Row(batch.line(r), fields, "");
  }
}
