package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Some thousands of rows as slices of a byte buffer, column by column.
 *
 * <p>Each wanted field is a raw slice of {@link #bytes()}: with its quotes and escapes, so that it
 * can be passed on exactly. An absent or empty field is a slice of length 0. The batch belongs to
 * its reader and is valid until the reader is asked for the next one. Not thread-safe.
 *
 * <p>Every record of the input is a row here, also one that cannot be used: such a row is {@link
 * #reject rejected} with a reason, never left out, so rows in = rows out + rows rejected.
 */
public final class RowBatch {
  private final String source;
  private final TextFormat format;
  private final int capacity;
  private final int[][] starts;
  private final int[][] ends;
  private final int[] recordStarts;
  private final int[] recordEnds;
  private final long[] lines;
  private final String[] reasons;
  private byte[] bytes = new byte[0];
  private int rows;
  private int rejected;

  RowBatch(String source, TextFormat format, int columns, int capacity) {
    this.source = source;
    this.format = format;
    this.capacity = capacity;
    this.starts = new int[columns][capacity];
    this.ends = new int[columns][capacity];
    this.recordStarts = new int[capacity];
    this.recordEnds = new int[capacity];
    this.lines = new long[capacity];
    this.reasons = new String[capacity];
  }

  /** The file or stream the rows come from. */
  public String source() {
    return source;
  }

  /** How the raw fields are written. */
  public TextFormat format() {
    return format;
  }

  /** The most rows a batch of this reader holds. */
  public int capacity() {
    return capacity;
  }

  /** How many rows, rejected ones included. */
  public int rows() {
    return rows;
  }

  /** How many wanted columns. */
  public int columns() {
    return starts.length;
  }

  /** The buffer all slices point into. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each row's field of a column starts in {@link #bytes()}. */
  public int[] starts(int column) {
    return starts[column];
  }

  /** Where each row's field of a column ends (exclusive) in {@link #bytes()}. */
  public int[] ends(int column) {
    return ends[column];
  }

  /** The line a row's record starts on, from 1. */
  public long line(int row) {
    return lines[row];
  }

  /** Marks a row as unusable; the first reason given stays. */
  public void reject(int row, String reason) {
    if (reasons[row] == null) {
      reasons[row] = reason;
      rejected++;
    }
  }

  /** Whether a row was rejected. */
  public boolean isRejected(int row) {
    return reasons[row] != null;
  }

  /** How many rows were rejected so far. */
  public int rejected() {
    return rejected;
  }

  /** A rejected row as a value. */
  public FailedRow failedRow(int row) {
    String record =
        new String(
            bytes, recordStarts[row], recordEnds[row] - recordStarts[row], StandardCharsets.UTF_8);
    return new FailedRow(source, lines[row], reasons[row], record);
  }

  /** A field's value with quotes and escapes undone; empty when absent. */
  public String text(int column, int row) {
    return RawField.text(format, bytes, starts[column][row], ends[column][row]);
  }

  void begin(byte[] buffer) {
    Arrays.fill(reasons, 0, rows, null);
    bytes = buffer;
    rows = 0;
    rejected = 0;
  }

  /** Adds a record whose fields were put at row {@link #rows()}. */
  void endRow(int recordStart, int recordEnd, long line) {
    recordStarts[rows] = recordStart;
    recordEnds[rows] = recordEnd;
    lines[rows] = line;
    rows++;
  }

  /** Where a row's whole record starts in {@link #bytes()}. */
  public int recordStart(int row) {
    return recordStarts[row];
  }

  /** Where a row's whole record ends (exclusive, without its line end). */
  public int recordEnd(int row) {
    return recordEnds[row];
  }

  /** Makes all fields of the row being built empty. */
  void clearFields(int at) {
    for (int c = 0; c < starts.length; c++) {
      starts[c][rows] = at;
      ends[c][rows] = at;
    }
  }
}
