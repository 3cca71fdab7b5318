package dev.mlctl.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/**
 * A stream over a range of a channel, read ahead in windows of fixed size. Several may share one
 * channel on one thread, since each sets the position anew. Not thread-safe.
 */
final class RangeInput extends InputStream {
  private final SeekableByteChannel channel;
  private final long end;
  private final byte[] window;
  private long windowEnd;
  private int next;
  private int filled;

  /** A stream over the bytes from {@code start} up to {@code end}. */
  RangeInput(SeekableByteChannel channel, long start, long end, int window) {
    this.channel = channel;
    this.windowEnd = start;
    this.end = end;
    this.window = new byte[(int) Math.max(1, Math.min(window, end - start))];
  }

  /** Where in the file the next byte is. */
  long position() {
    return windowEnd - (filled - next);
  }

  /** How many bytes are left. */
  long left() {
    return end - position();
  }

  @Override
  public int read() throws IOException {
    return next < filled || fill() ? window[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (next == filled && length >= window.length) {
      return readDirectly(into, offset, length);
    }
    if (next == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - next);
    System.arraycopy(window, next, into, offset, count);
    next += count;
    return count;
  }

  /**
   * Reads exactly so many bytes.
   *
   * @throws EOFException when there are fewer
   */
  void readFully(byte[] into, int offset, int length) throws IOException {
    if (readNBytes(into, offset, length) < length) {
      throw new EOFException("the range ends early");
    }
  }

  /**
   * Passes over bytes.
   *
   * @throws EOFException when there are fewer
   */
  void skipFully(long count) throws IOException {
    if (count < 0 || count > left()) {
      throw new EOFException("the range ends early");
    }
    int buffered = filled - next;
    if (count <= buffered) {
      next += (int) count;
    } else {
      windowEnd += count - buffered;
      next = 0;
      filled = 0;
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = 0;
    int read = readDirectly(window, 0, window.length);
    filled = Math.max(0, read);
    return read > 0;
  }

  private int readDirectly(byte[] into, int offset, int length) throws IOException {
    int most = (int) Math.min(length, end - windowEnd);
    if (most <= 0) {
      return -1;
    }
    channel.position(windowEnd);
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, most);
    int total = 0;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer);
      if (read < 0) {
        break;
      }
      total += read;
    }
    windowEnd += total;
    return total == 0 ? -1 : total;
  }
}
