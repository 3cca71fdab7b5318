package dev.mlctl.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Where records start and end in bytes whose beginning is not at hand, or not needed. Immutable and
 * thread-safe.
 *
 * <p>In JSON lines every line feed ends a record. In CSV one inside quotes does not, and whether a
 * byte in the middle of a file is inside quotes only the whole file before it tells. So {@link
 * #firstStart} guesses: it tries the states {@link CsvReader} can be in, and takes the one under
 * which what follows looks most like records of this file (speculation as in Ge et al.,
 * "Speculative Distributed CSV Data Parsing for Big Data Analytics", SIGMOD 2019). Who reads the
 * range before learns where it really ends; a guess is right when the two agree, and a reader that
 * started wrong must start again there.
 */
public final class RecordBounds {
  private static final int RECORD_START = 0;
  private static final int FIELD_START = 1;
  private static final int IN_FIELD = 2;
  private static final int QUOTED = 3;
  private static final int QUOTE_IN_QUOTED = 4;
  private static final int COMMENT = 5;

  private static final int[] STATES = {IN_FIELD, FIELD_START, QUOTED, QUOTE_IN_QUOTED};
  private static final int[] STATES_WITH_COMMENTS = {
    IN_FIELD, FIELD_START, QUOTED, QUOTE_IN_QUOTED, RECORD_START, COMMENT
  };

  private static final int FIRST_LOOK = 1 << 14;

  /** Where no record starts in so many bytes, one is too long. */
  private static final int LAST_LOOK = TextReader.MAX_RECORD_BYTES + 1;

  private static final int ENOUGH_RECORDS = 16;

  private final char delimiter;
  private final char quote;
  private final char comment;
  private final int fields;

  private RecordBounds(char delimiter, char quote, char comment, int fields) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.comment = comment;
    this.fields = fields;
  }

  /**
   * Of CSV.
   *
   * @param fields how many fields a record has
   */
  public static RecordBounds csv(CsvOptions options, int fields) {
    return new RecordBounds(options.delimiter(), options.quote(), options.comment(), fields);
  }

  /** Of formats in which a line is a record. */
  public static RecordBounds lines() {
    return new RecordBounds(CsvOptions.NONE, CsvOptions.NONE, CsvOptions.NONE, 0);
  }

  /**
   * Where the first record starts that starts at a byte or after it.
   *
   * @param at not the first byte of the file's first record, where there is nothing to guess
   * @return a guess in the case of CSV with quotes; the size of the file when no record starts
   */
  public long firstStart(SeekableByteChannel file, long at) throws IOException {
    long size = file.size();
    for (int look = FIRST_LOOK; ; look = Math.min(LAST_LOOK, look * 8)) {
      byte[] bytes = read(file, at - 1, (int) Math.min(look, size - at + 1));
      boolean last = at - 1 + bytes.length == size;
      int found = isPlain(bytes, bytes.length) ? lineEnd(bytes) : guess(bytes);
      if (found >= 0) {
        return at - 1 + found;
      }
      if (last || look == LAST_LOOK) {
        return size;
      }
    }
  }

  private static byte[] read(SeekableByteChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    file.position(from);
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.array();
  }

  private boolean isPlain(byte[] bytes, int length) {
    for (int p = 0; p < length && quote != CsvOptions.NONE; p++) {
      if (bytes[p] == quote) {
        return false;
      }
    }
    return true;
  }

  /** One past the first line feed, or −1. */
  private static int lineEnd(byte[] bytes) {
    for (int p = 0; p < bytes.length; p++) {
      if (bytes[p] == '\n') {
        return p + 1;
      }
    }
    return -1;
  }

  private int guess(byte[] bytes) {
    int best = -1;
    int bestScore = Integer.MIN_VALUE;
    for (int state : comment == CsvOptions.NONE ? STATES : STATES_WITH_COMMENTS) {
      int[] startAndScore = tryState(bytes, state);
      if (startAndScore[0] >= 0 && startAndScore[1] > bestScore) {
        best = startAndScore[0];
        bestScore = startAndScore[1];
      }
    }
    return best;
  }

  /**
   * Where the first record starts if the bytes begin in a state, and how well the records after it
   * fit: one point for each with the right number of fields, several less for each with another,
   * and for each quote that no writer would have put there. Blank lines and comments say nothing.
   */
  private int[] tryState(byte[] bytes, int from) {
    int state = from;
    int start = -1;
    int recordStart = 0;
    int score = 0;
    int records = 0;
    int field = 1;
    for (int p = 0; p < bytes.length && records < ENOUGH_RECORDS; p++) {
      byte b = bytes[p];
      int next = step(state, b);
      if ((state == IN_FIELD && b == quote) || (state == QUOTE_IN_QUOTED && isStray(bytes, p))) {
        score -= 2;
      }
      if (b == delimiter && next == FIELD_START) {
        field++;
      } else if (next == RECORD_START) {
        if (start < 0) {
          start = p + 1;
        } else if (state != COMMENT && !isBlank(bytes, recordStart, p)) {
          score += field == fields ? 1 : -4;
          records++;
        }
        recordStart = p + 1;
        field = 1;
      }
      state = next;
    }
    return new int[] {start, score};
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    return start == end || (start + 1 == end && bytes[start] == '\r');
  }

  private boolean isStray(byte[] bytes, int p) {
    byte b = bytes[p];
    return b != quote && b != delimiter && b != '\n' && b != '\r';
  }

  /** The state after a byte: what {@link CsvReader} does, one byte at a time. */
  private int step(int state, byte b) {
    if (state == QUOTED) {
      return b == quote ? QUOTE_IN_QUOTED : QUOTED;
    } else if (b == '\n') {
      return RECORD_START;
    } else if (state == COMMENT || (state == RECORD_START && b == comment)) {
      return COMMENT;
    } else if (b == quote && state != IN_FIELD) {
      return QUOTED;
    }
    return b == delimiter ? FIELD_START : IN_FIELD;
  }

  /**
   * How many of some bytes, the first of which starts a record, are whole records.
   *
   * @return 0 when the first record does not end here
   */
  public int wholeRecords(byte[] bytes, int length) {
    if (isPlain(bytes, length)) {
      int end = length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      return end;
    }
    int state = RECORD_START;
    int end = 0;
    for (int p = 0; p < length; p++) {
      state = step(state, bytes[p]);
      if (state == RECORD_START) {
        end = p + 1;
      }
    }
    return end;
  }

  /** How many lines end in some bytes. */
  public static int lineEnds(byte[] bytes, int length) {
    int lines = 0;
    for (int p = 0; p < length; p++) {
      lines += bytes[p] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /**
   * Makes more room for a record that does not fit into a buffer.
   *
   * @throws dev.mlctl.error.Failure of kind INPUT when it is longer than any record may be
   */
  public static byte[] roomFor(byte[] bytes, String place) {
    if (bytes.length >= TextReader.MAX_RECORD_BYTES) {
      throw TextReader.tooLong(place);
    }
    return Arrays.copyOf(bytes, Math.min(TextReader.MAX_RECORD_BYTES, bytes.length * 2));
  }
}
