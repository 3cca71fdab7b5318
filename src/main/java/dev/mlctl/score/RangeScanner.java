package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Cuts a text file at the ends of records, counting lines. It walks the file once, before anything
 * is scored, because only then are the ranges independent and their line numbers known.
 *
 * <p>For CSV it runs the automaton of {@link dev.mlctl.data.CsvReader}: a quote opens a quoted
 * field only where a field starts. Stretches without a quote are walked eight bytes at a time (zero
 * byte in a word: Warren, "Hacker's Delight", 6-1).
 */
final class RangeScanner {
  /** Told of each range in order. */
  interface Ranges {
    void range(long start, long end, long firstLine);
  }

  private enum State {
    FIELD_START,
    IN_FIELD,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long QUOTES = 0x0101010101010101L * '"';
  private static final long LINE_FEEDS = 0x0101010101010101L * '\n';
  private static final int BUFFER_BYTES = 1 << 18;

  private final String name;
  private final boolean quotes;
  private final byte delimiter;
  private final long rangeBytes;
  private final Ranges ranges;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private State state = State.FIELD_START;
  private long rangeStart;
  private long rangeLine;
  private long target;
  private long line;
  private long quoteLine;

  /**
   * A scanner of one file.
   *
   * @param name what messages call the file
   * @param quotes whether a quoted field may hold line ends, as in CSV
   * @param rangeBytes how long a range shall be; it ends with the record that reaches it
   */
  RangeScanner(String name, boolean quotes, byte delimiter, long rangeBytes, Ranges ranges) {
    this.name = name;
    this.quotes = quotes;
    this.delimiter = delimiter;
    this.rangeBytes = rangeBytes;
    this.ranges = ranges;
  }

  /**
   * Scans from a record's first byte to the end of the file.
   *
   * @param start the first byte after the header
   * @param firstLine the line it is on
   * @throws Failure of kind INPUT when a quote is never closed
   */
  void scan(FileChannel file, long start, long firstLine) throws IOException {
    begin(start, firstLine);
    line = firstLine;
    long position = start;
    while (true) {
      int read = file.read(ByteBuffer.wrap(buffer), position);
      if (read < 0) {
        break;
      }
      block(position, read);
      position += read;
    }
    if (state == State.QUOTED) {
      throw Failure.of(FailureKind.INPUT, "a quote is opened here and never closed")
          .at(name + ":" + quoteLine)
          .hint("close the quote, or double it if it stands for itself inside a quoted field");
    }
    if (position > rangeStart) {
      ranges.range(rangeStart, position, rangeLine);
    }
  }

  private void begin(long start, long firstLine) {
    rangeStart = start;
    rangeLine = firstLine;
    target = start + rangeBytes;
  }

  private void block(long position, int length) {
    int p = 0;
    while (p < length) {
      // The line end that closes a range is looked for byte by byte, from one byte before the
      // target on: a record that ends exactly there ends the range.
      int fast = (int) Math.min(length, Math.max(p, target - 1 - position));
      if (state != State.QUOTED && state != State.QUOTE_IN_QUOTED) {
        p = plainStretch(p, fast);
      }
      int end = Math.min(length, p + Long.BYTES);
      while (p < end) {
        step(buffer[p++], position + p);
      }
    }
  }

  /** Walks words without a quote; returns where it stopped. */
  private int plainStretch(int from, int to) {
    int p = from;
    long lines = 0;
    while (p + Long.BYTES <= to) {
      long word = (long) WORD.get(buffer, p);
      if (quotes && zeroBytes(word ^ QUOTES) != 0) {
        break;
      }
      lines += Long.bitCount(zeroBytes(word ^ LINE_FEEDS));
      p += Long.BYTES;
    }
    if (p > from) {
      line += lines;
      byte last = buffer[p - 1];
      state = last == delimiter || last == '\n' ? State.FIELD_START : State.IN_FIELD;
    }
    return p;
  }

  /** The high bit of every byte of the word that is zero. */
  private static long zeroBytes(long word) {
    return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
  }

  /** Takes one byte; {@code after} is the position of the next. */
  private void step(byte b, long after) {
    if (b == '\n') {
      line++;
    }
    if (state == State.QUOTED) {
      state = b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      return;
    }
    if (b == '"' && quotes && state != State.IN_FIELD) {
      if (state == State.FIELD_START) {
        quoteLine = line;
      }
      state = State.QUOTED;
    } else if (b == '\n') {
      state = State.FIELD_START;
      if (after >= target) {
        ranges.range(rangeStart, after, rangeLine);
        begin(after, line);
      }
    } else {
      state = b == delimiter ? State.FIELD_START : State.IN_FIELD;
    }
  }
}
