package dev.mlctl.data;

import dev.mlctl.data.ColumnType.Holding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Some thousands of rows, column by column. The batch belongs to its reader and is valid until the
 * reader is asked for the next one. Not thread-safe.
 *
 * <p>In a batch of a text format each wanted field is a raw slice of {@link #bytes()}: with its
 * quotes and escapes, so that it can be passed on exactly. An absent or empty field is a slice of
 * length 0. In a batch of a format with types a column is an array of doubles or longs, or slices
 * of bytes of its own, each with a flag for null, as its {@link #type} says.
 *
 * <p>Every record of the input is a row here, also one that cannot be used: such a row is {@link
 * #reject rejected} with a reason, never left out, so rows in = rows out + rows rejected.
 */
public final class RowBatch {
  private final String source;
  private final TextFormat format;
  private final char quote;
  private final int capacity;
  private final List<String> names;
  private final ColumnType[] types;
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] longs;
  private final double[][] doubles;
  private final boolean[][] nulls;
  private final byte[][] own;
  private final int[] recordStarts;
  private final int[] recordEnds;
  private final long[] lines;
  private final String[] reasons;
  private byte[] bytes = new byte[0];
  private int rows;
  private int rejected;

  /** A batch of a text format. */
  RowBatch(String source, TextFormat format, char quote, int columns, int capacity) {
    this(
        source, format, quote, List.of(), Collections.nCopies(columns, ColumnType.FIELD), capacity);
  }

  private RowBatch(
      String source,
      TextFormat format,
      char quote,
      List<String> names,
      List<ColumnType> types,
      int capacity) {
    this.source = source;
    this.format = format;
    this.quote = quote;
    this.capacity = capacity;
    this.names = List.copyOf(names);
    this.types = types.toArray(ColumnType[]::new);
    int columns = types.size();
    starts = new int[columns][];
    ends = new int[columns][];
    longs = new long[columns][];
    doubles = new double[columns][];
    nulls = new boolean[columns][];
    own = new byte[columns][];
    for (int c = 0; c < columns; c++) {
      allocate(c, types.get(c).holding());
    }
    boolean text = format != TextFormat.PLAIN;
    this.recordStarts = new int[text ? capacity : 0];
    this.recordEnds = new int[text ? capacity : 0];
    this.lines = new long[capacity];
    this.reasons = new String[capacity];
  }

  /**
   * A batch of a format with types, to be filled by its reader.
   *
   * @param names of the columns, for the records of rejected rows
   * @param types of the columns, in the same order
   * @param capacity the most rows it holds
   */
  public static RowBatch typed(
      String source, List<String> names, List<ColumnType> types, int capacity) {
    return new RowBatch(source, TextFormat.PLAIN, CsvOptions.NONE, names, types, capacity);
  }

  private void allocate(int column, Holding holding) {
    switch (holding) {
      case LONGS -> longs[column] = new long[capacity];
      case DOUBLES -> doubles[column] = new double[capacity];
      case RAW, UTF8, BYTES -> {
        starts[column] = new int[capacity];
        ends[column] = new int[capacity];
      }
    }
    if (holding != Holding.RAW) {
      nulls[column] = new boolean[capacity];
      own[column] = new byte[0];
    }
  }

  /** The file or stream the rows come from. */
  public String source() {
    return source;
  }

  /** How slices are written; {@link TextFormat#PLAIN} when the columns have types. */
  public TextFormat format() {
    return format;
  }

  /** What may stand around a slice, or {@link CsvOptions#NONE}. */
  public char quote() {
    return quote;
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
    return types.length;
  }

  /** The name of a column with a type. */
  public String name(int column) {
    return names.get(column);
  }

  /** What a column holds. */
  public ColumnType type(int column) {
    return types[column];
  }

  /** The buffer all raw slices point into. */
  public byte[] bytes() {
    return bytes;
  }

  /** The buffer the slices of a column point into. */
  public byte[] bytes(int column) {
    return own[column] == null ? bytes : own[column];
  }

  /** Where each row's field of a column starts in its bytes; null for a column of numbers. */
  public int[] starts(int column) {
    return starts[column];
  }

  /** Where each row's field of a column ends (exclusive); null for a column of numbers. */
  public int[] ends(int column) {
    return ends[column];
  }

  /** Each row's value of a column held in longs, 0 where it is null; else null. */
  public long[] longs(int column) {
    return longs[column];
  }

  /** Each row's value of a column held in doubles, 0 where it is null; else null. */
  public double[] doubles(int column) {
    return doubles[column];
  }

  /** Whether each row's value of a column with a type is null; null for a raw column. */
  public boolean[] nulls(int column) {
    return nulls[column];
  }

  /** The line a row's record starts on, from 1; in a format without lines the row's number. */
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

  /** Takes back that a row was rejected. */
  public void readmit(int row) {
    rejected -= reasons[row] == null ? 0 : 1;
    reasons[row] = null;
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
    return new FailedRow(source, lines[row], reasons[row], record(row));
  }

  /** A row as it was read; for one with types, a JSON object of the columns that were read. */
  public String record(int row) {
    return format == TextFormat.PLAIN
        ? ValueText.object(this, names, row)
        : new String(
            bytes, recordStarts[row], recordEnds[row] - recordStarts[row], StandardCharsets.UTF_8);
  }

  /**
   * A value as text: a field with quotes and escapes undone, a value with a type as {@link
   * ValueText} prints it. Empty when absent or null.
   */
  public String text(int column, int row) {
    return nulls[column] == null
        ? RawField.text(format, quote, bytes, starts[column][row], ends[column][row])
        : ValueText.of(this, column, row);
  }

  /**
   * Starts to fill a batch with types: {@code filled} rows, none of them rejected, whose columns
   * the reader has filled or fills now through {@link #longs}, {@link #doubles}, {@link #starts},
   * {@link #ends}, {@link #nulls} and {@link #bytes(int, byte[])}.
   *
   * @param firstRow the number of the first of them in its file, from 1
   */
  public void begin(long firstRow, int filled) {
    begin(bytes);
    rows = filled;
    for (int r = 0; r < filled; r++) {
      lines[r] = firstRow + r;
    }
  }

  /** Sets the buffer that the slices of a column with a type point into. */
  public void bytes(int column, byte[] buffer) {
    own[column] = buffer;
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

  /** Where a row's whole record starts in {@link #bytes()}; for text formats only. */
  public int recordStart(int row) {
    return recordStarts[row];
  }

  /** Where a row's whole record ends (exclusive, without its line end); for text formats only. */
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
