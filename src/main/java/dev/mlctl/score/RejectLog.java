package dev.mlctl.score;

import dev.mlctl.data.FailedRow;
import dev.mlctl.data.RowBatch;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rejected rows of a part, kept in a file until the part's place in its file is known: their
 * lines are counted from the part's own first line. Most parts have none and make no file. Not
 * thread-safe.
 */
final class RejectLog implements Closeable {
  /** Opens the file, when there is something to write. */
  interface Opener {
    OutputStream open() throws IOException;
  }

  /** Told of each row in order. */
  interface Reader {
    void row(FailedRow row) throws IOException;
  }

  private static final int FLUSH_BYTES = 1 << 18;

  private final Opener opener;
  private final Bytes bytes = new Bytes();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<FailedRow> first = new ArrayList<>();
  private long count;
  private OutputStream out;

  RejectLog(Opener opener) {
    this.opener = opener;
  }

  /** Adds the rejected rows of a batch. */
  void add(RowBatch batch) throws IOException {
    for (int r = 0; r < batch.rows() && batch.rejected() > 0; r++) {
      if (batch.isRejected(r)) {
        add(batch.failedRow(r));
      }
    }
  }

  /** Adds what another log has kept, which must still be in memory. */
  void add(RejectLog next) throws IOException {
    if (next.out != null) {
      throw new IllegalStateException("the log is in its file already");
    }
    next.reasons.forEach((reason, n) -> Tally.count(reasons, reason, n));
    next.first.stream().limit(Tally.FIRST - first.size()).forEach(first::add);
    count += next.count;
    bytes.put(next.bytes);
    flush(FLUSH_BYTES);
  }

  private void add(FailedRow row) throws IOException {
    String reason = wellFormed(row.reason());
    count++;
    Tally.count(reasons, kind(reason), 1);
    if (first.size() < Tally.FIRST) {
      first.add(new FailedRow(row.source(), row.line(), reason, ""));
    }
    bytes.putLong(row.line());
    put(reason);
    put(row.record());
    flush(FLUSH_BYTES);
  }

  private void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(utf8.length);
    bytes.put(utf8);
  }

  private void flush(int limit) throws IOException {
    if (opener != null && bytes.size() > limit) {
      if (out == null) {
        out = opener.open();
      }
      bytes.writeTo(out);
      bytes.clear();
    }
  }

  /** Writes what is still in memory. */
  @Override
  public void close() throws IOException {
    flush(0);
    if (out != null) {
      out.close();
    }
  }

  /**
   * Reads a log.
   *
   * @param source the file the rows come from
   * @param linesBefore what to add to their lines
   */
  static void read(InputStream log, String source, long linesBefore, Reader reader)
      throws IOException {
    try (DataInputStream in = new DataInputStream(log)) {
      while (true) {
        long line;
        try {
          line = in.readLong();
        } catch (EOFException e) {
          return;
        }
        reader.row(new FailedRow(source, line + linesBefore, text(in), text(in)));
      }
    }
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] utf8 = in.readNBytes(length);
    if (utf8.length < length) {
      throw new EOFException("the log of rejected rows is cut off");
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * The reason without what is the row's own: {@code temp: "x" is no …} becomes {@code temp is …},
   * and where in the line it stands is left out.
   */
  private static String kind(String reason) {
    int place = reason.indexOf(" at byte ");
    if (place >= 0 && reason.startsWith("not a JSON object")) {
      return reason.substring(0, place);
    }
    int from = reason.indexOf(": \"");
    int to = reason.lastIndexOf('"');
    return from >= 0 && to > from + 2
        ? reason.substring(0, from) + reason.substring(to + 1)
        : reason;
  }

  /** A JSON escape can make half a surrogate pair, which no UTF-8 text can hold. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  long count() {
    return count;
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  /** The first rows, without their records. */
  List<FailedRow> first() {
    return first;
  }
}
