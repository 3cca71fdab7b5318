package dev.mlctl.data;

/**
 * The records of a text stream that one reader is to read.
 *
 * @param start where in the file the stream's first byte lies; a record starts there
 * @param end records that start at this byte of the file or after it are left to others; the stream
 *     itself goes on, so that the last record can be read to its end
 * @param firstLine the line the first record is on, from 1
 */
public record TextRange(long start, long end, long firstLine) {
  /** All of a stream. */
  public static final TextRange ALL = new TextRange(0, Long.MAX_VALUE, 1);

  /** All of a stream whose first line has this number. */
  public static TextRange fromLine(long firstLine) {
    return new TextRange(0, Long.MAX_VALUE, firstLine);
  }
}
