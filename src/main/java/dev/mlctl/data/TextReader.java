package dev.mlctl.data;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What the readers of text formats share: one growing buffer, refilled when it has no whole record
 * left. The byte after the last one read is always a line feed, so that the scanning loops need no
 * bounds check of their own.
 *
 * <p>A reader of a range ends with the record that starts last in it, and reads little beyond: what
 * follows is another reader's.
 */
public abstract class TextReader implements BatchReader {
  /** A record longer than this is refused: memory stays bounded whatever the file holds. */
  public static final int MAX_RECORD_BYTES = 16 << 20;

  static final int INCOMPLETE = -1;

  private static final int BUFFER_BYTES = 1 << 20;

  /** How much is read at first of what lies beyond the range; then as much again each time. */
  private static final int OVERREAD_BYTES = 1 << 12;

  private static final int MAX_ROWS = 4096;
  private static final int MAX_FIELDS = 1 << 19;

  private final InputStream in;
  private final String source;
  private final long end;
  private byte[] buffer;
  private long offset;
  private int position;
  private int limit;
  private boolean ended;
  private long line;
  private RowBatch batch;

  TextReader(InputStream in, String source, TextRange range) {
    this.in = in;
    this.source = source;
    this.offset = range.start();
    this.end = range.end();
    this.line = range.firstLine();
    int within = (int) Math.min(BUFFER_BYTES - OVERREAD_BYTES, end - offset);
    this.buffer = new byte[within + OVERREAD_BYTES + 1];
  }

  /** Where in the file the next record starts; after the last batch, where the range's end is. */
  public final long nextRecord() {
    return offset + position;
  }

  /** The line the next record is on. */
  public final long nextLine() {
    return line;
  }

  /** Makes the batch, once the number of wanted columns is known. */
  final void start(TextFormat format, char quote, int columns) {
    long most = Math.min(MAX_ROWS, end - offset); // a record is no shorter than a byte
    int capacity = (int) Math.max(1, Math.min(most, MAX_FIELDS / Math.max(1, columns)));
    batch = new RowBatch(source, format, quote, columns, capacity);
  }

  /** A second copy of a wanted column would stay empty in silence: that is a bug of the caller. */
  static void requireDistinct(List<String> wanted) {
    if (new HashSet<>(wanted).size() != wanted.size()) {
      throw new IllegalArgumentException("a column is wanted twice: " + wanted);
    }
  }

  @Override
  public final RowBatch next() throws IOException {
    if (limit - position < buffer.length / 4 && offset + limit < end) {
      fill();
    }
    while (true) {
      batch.begin(buffer);
      int stop = (int) Math.min(limit, end - offset);
      while (position < stop && batch.rows() < batch.capacity()) {
        int after = record(position);
        if (after == INCOMPLETE) {
          break;
        }
        position = after;
      }
      if (batch.rows() > 0) {
        return batch;
      }
      if ((ended && position == limit) || offset + position >= end) {
        return null;
      }
      if (!ended) {
        fill();
      }
    }
  }

  @Override
  public final void close() throws IOException {
    in.close();
  }

  /**
   * Reads one record, adds it to the batch (blank lines are passed over) and advances the line.
   *
   * @return where the next record starts, or {@link #INCOMPLETE} with nothing changed when the
   *     buffer ends inside the record and the stream goes on
   */
  abstract int record(int start);

  /**
   * Moves what is left to the front and reads until the buffer is full, the range is read (beyond
   * it, only a little) or the stream ends.
   */
  final void fill() throws IOException {
    int left = limit - position;
    if (left == buffer.length - 1) {
      if (left >= MAX_RECORD_BYTES) {
        throw tooLong(place(line));
      }
      buffer = Arrays.copyOf(buffer, Math.min(MAX_RECORD_BYTES, left * 2) + 1);
    } else if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, left);
      offset += position;
      position = 0;
      limit = left;
    }
    long unread = end - offset - limit;
    long wanted = unread > 0 ? unread : Math.max(OVERREAD_BYTES, left);
    int full = (int) Math.min(buffer.length - 1, limit + wanted);
    while (!ended && limit < full) {
      int read = in.read(buffer, limit, full - limit);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
    buffer[limit] = '\n';
  }

  static Failure tooLong(String place) {
    return Failure.of(FailureKind.INPUT, "a record is longer than %d MiB", MAX_RECORD_BYTES >> 20)
        .at(place)
        .hint("look for a quote that is never closed, or a file that is not text");
  }

  final byte[] buffer() {
    return buffer;
  }

  final int position() {
    return position;
  }

  final int limit() {
    return limit;
  }

  final void moveTo(int newPosition, long newLine) {
    position = newPosition;
    line = newLine;
  }

  /** Whether a byte of the buffer is the first of the file. */
  final boolean isFileStart(int at) {
    return offset + at == 0;
  }

  final boolean ended() {
    return ended;
  }

  final RowBatch batch() {
    return batch;
  }

  final long line() {
    return line;
  }

  final void line(long newLine) {
    line = newLine;
  }

  final String source() {
    return source;
  }

  final String place(long atLine) {
    return source + ":" + atLine;
  }
}
