package dev.mlctl.format;

import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.Utf8;
import java.io.IOException;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A column of texts or other bytes. What it gives are slices of the page or of the dictionary, so
 * it gives rows of one page at a time; what was read but not taken waits for the next batch.
 */
final class SliceColumn extends ParquetColumn {
  /** A longer value is refused, as a longer record of a text format is. */
  private static final int MAX_VALUE_BYTES = 16 << 20;

  private static final int INT96_BYTES = 12;

  private final String name;
  private final boolean text;
  private final int width;
  private final MemoryBudget budget;
  private final HybridRuns indices = new HybridRuns();
  private final int[] starts;
  private final int[] ends;
  private final boolean[] nulls;
  private int[][] dictionary;
  private Slices slices;
  private int next;
  private int waiting;

  /**
   * A column.
   *
   * @param capacity the most rows of a batch
   */
  SliceColumn(ParquetPages pages, ParquetFile.Column column, MemoryBudget budget, int capacity) {
    super(pages, column.column().nullable());
    this.name = column.column().name();
    this.text = column.column().type().meaning() == Meaning.STRING;
    this.width = width(column.element());
    this.budget = budget;
    this.starts = new int[capacity];
    this.ends = new int[capacity];
    this.nulls = new boolean[capacity];
  }

  private static int width(SchemaElement element) {
    if (element.getType() == Type.INT96) {
      return INT96_BYTES;
    }
    return element.getType() == Type.BYTE_ARRAY ? 0 : element.getType_length();
  }

  @Override
  int prepare(int most) throws IOException {
    if (waiting == 0) {
      next = 0;
      waiting = Math.min(needPage(), most);
      int present = readNulls(nulls, 0, waiting);
      slices.read(starts, ends, present);
      if (present < waiting) {
        spread(present);
      }
    }
    return Math.min(waiting, most);
  }

  /** Moves the slices that lie together at the front to where no null is; nulls become empty. */
  private void spread(int present) {
    int p = present;
    for (int i = waiting - 1; i >= 0; i--) {
      boolean there = !nulls[i];
      p -= there ? 1 : 0;
      starts[i] = there ? starts[p] : 0;
      ends[i] = there ? ends[p] : 0;
    }
  }

  @Override
  void take(RowBatch batch, int column, int rows) {
    System.arraycopy(starts, next, batch.starts(column), 0, rows);
    System.arraycopy(ends, next, batch.ends(column), 0, rows);
    System.arraycopy(nulls, next, batch.nulls(column), 0, rows);
    batch.bytes(column, slices.bytes());
    for (int r = 0; r < rows; r++) {
      check(batch, r, starts[next + r], ends[next + r]);
    }
    next += rows;
    waiting -= rows;
  }

  private void check(RowBatch batch, int row, int start, int end) {
    if (end - start > MAX_VALUE_BYTES) {
      throw Damage.unsupported(
          batch.source() + ":" + batch.line(row),
          "a value of column \"" + name + "\" is longer than 16 MiB");
    }
    if (text && !Utf8.isValid(slices.bytes(), start, end)) {
      batch.reject(row, name + ": invalid UTF-8");
    }
  }

  @Override
  void startPage() {
    ParquetPages pages = pages();
    byte[] bytes = pages.bytes();
    int start = pages.start();
    int end = pages.end();
    slices =
        switch (pages.encoding()) {
          case PLAIN -> plain(bytes, start, end);
          case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
            startIndices(indices);
            yield Slices.indexed(pages.dictionary(), dictionary[0], dictionary[1], indices);
          }
          case DELTA_LENGTH_BYTE_ARRAY -> Slices.deltaLengths(bytes, start, end);
          case DELTA_BYTE_ARRAY ->
              Slices.deltaBytes(bytes, start, end, budget, "a page of column \"" + name + "\"");
          case BYTE_STREAM_SPLIT -> {
            if (width == 0) {
              throw unknownEncoding();
            }
            yield Slices.split(bytes, start, end, width);
          }
          default -> throw unknownEncoding();
        };
  }

  private Slices plain(byte[] bytes, int start, int end) {
    return width == 0 ? Slices.plain(bytes, start, end) : Slices.fixed(bytes, start, end, width);
  }

  @Override
  void needDictionary() {
    if (dictionary == null) {
      byte[] bytes = pages().dictionary();
      int count = pages().dictionaryValues();
      if (bytes == null || count > bytes.length / (width == 0 ? 4 : width)) {
        throw pages().damage("its dictionary is missing or too short");
      }
      dictionary = Slices.all(plain(bytes, 0, bytes.length), count);
    }
  }

  @Override
  void forgetDictionary() {
    dictionary = null;
  }
}
