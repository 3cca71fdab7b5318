package dev.mlctl.format;

import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;

/** Reads one column of a Parquet file into the arrays of a batch. Not thread-safe. */
abstract class ParquetColumn {
  private final ParquetPages pages;
  private final boolean nullable;
  private int pageLeft;

  ParquetColumn(ParquetPages pages, boolean nullable) {
    this.pages = pages;
    this.nullable = nullable;
  }

  /** Turns to another row group. */
  final void open(ColumnMetaData chunk, int window) throws IOException {
    pages.open(chunk, window);
    pageLeft = 0;
    forgetDictionary();
  }

  /**
   * How many of the next rows can be given at once, at least 1.
   *
   * @param most no more are wanted
   * @throws Failure of kind INPUT when there are none left
   */
  abstract int prepare(int most) throws IOException;

  /**
   * Gives the next rows.
   *
   * @param column of the batch
   * @param rows at most as many as {@link #prepare} told
   */
  abstract void take(RowBatch batch, int column, int rows) throws IOException;

  /** Reads the dictionary's values into memory, if that was not done already. */
  abstract void needDictionary();

  abstract void forgetDictionary();

  /** Prepares to read the values of a page that was just entered. */
  abstract void startPage();

  /** Checks that a row group holds no more than was read. */
  final void finish() throws IOException {
    if (pageLeft > 0 || pages.next()) {
      throw pages.damage("it has more values than there are rows");
    }
  }

  /** Enters the next page where the last one is used up; returns the rows left in it. */
  final int needPage() throws IOException {
    if (pageLeft == 0) {
      if (!pages.next()) {
        throw pages.damage("it has fewer values than there are rows");
      }
      pageLeft = pages.rows();
      startPage();
    }
    return pageLeft;
  }

  /**
   * Reads which of the next rows of the page are null.
   *
   * @return how many are not
   */
  final int readNulls(boolean[] nulls, int from, int count) {
    pageLeft -= count;
    if (nullable) {
      return pages.levels().readNulls(nulls, from, count);
    }
    java.util.Arrays.fill(nulls, from, from + count, false);
    return count;
  }

  final ParquetPages pages() {
    return pages;
  }

  /** Sets runs to the indices of a page that refers to the dictionary. */
  final void startIndices(HybridRuns indices) {
    needDictionary();
    byte[] bytes = pages.bytes();
    int start = pages.start();
    int width = start < pages.end() ? bytes[start] : 0;
    indices.reset(bytes, Math.min(start + 1, pages.end()), pages.end(), width);
  }

  final Failure unknownEncoding() {
    return Damage.unsupported(
        pages.damage("").problems().get(0).at(),
        "a page is encoded as " + pages.encoding() + ", which its type cannot be");
  }
}
