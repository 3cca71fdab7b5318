package dev.mlctl.format;

import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.RowBatch;
import java.io.IOException;

/** A column of numbers: pages of any number are read on into the same arrays. */
final class NumberColumn extends ParquetColumn {
  private static final int BLOCK = 1024;

  private final NumberDecoder decoder;
  private final HybridRuns indices = new HybridRuns();
  private final int[] codes = new int[BLOCK];
  private Numbers dictionary;
  private DeltaInts deltas;
  private int read;

  /**
   * Values of a chunk of memory: those of a dictionary, or what a batch holds.
   *
   * @param longs null for a column held in doubles
   * @param doubles null for a column held in longs
   */
  record Numbers(long[] longs, double[] doubles) {
    int size() {
      return longs == null ? doubles.length : longs.length;
    }

    void look(int[] codes, int count, Numbers into, int at) {
      if (longs != null) {
        for (int i = 0; i < count; i++) {
          into.longs[at + i] = longs[codes[i]];
        }
      } else {
        for (int i = 0; i < count; i++) {
          into.doubles[at + i] = doubles[codes[i]];
        }
      }
    }

    /** Moves the values that lie together at the front to where no null is; nulls become 0. */
    void spread(boolean[] nulls, int from, int count, int present) {
      int p = from + present;
      for (int i = from + count - 1; i >= from; i--) {
        if (longs != null) {
          longs[i] = nulls[i] ? 0 : longs[--p];
        } else {
          doubles[i] = nulls[i] ? 0 : doubles[--p];
        }
      }
    }
  }

  NumberColumn(ParquetPages pages, boolean nullable, NumberDecoder decoder) {
    super(pages, nullable);
    this.decoder = decoder;
  }

  @Override
  int prepare(int most) {
    return most;
  }

  @Override
  void take(RowBatch batch, int column, int rows) throws IOException {
    boolean[] nulls = batch.nulls(column);
    Numbers into = new Numbers(batch.longs(column), batch.doubles(column));
    int row = 0;
    while (row < rows) {
      int count = Math.min(needPage(), rows - row);
      int present = readNulls(nulls, row, count);
      readValues(into, row, present);
      if (present < count) {
        into.spread(nulls, row, count, present);
      }
      row += count;
    }
  }

  private void readValues(Numbers into, int at, int count) {
    switch (pages().encoding()) {
      case PLAIN ->
          decoder.plain(pages().bytes(), pages().start(), pages().end(), read, into, at, count);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> look(into, at, count);
      case DELTA_BINARY_PACKED -> {
        for (int i = 0; i < count; i++) {
          into.longs()[at + i] = decoder.narrow(deltas.next());
        }
      }
      case BYTE_STREAM_SPLIT ->
          decoder.split(pages().bytes(), pages().start(), pages().end(), read, into, at, count);
      default -> readRuns(into, at, count);
    }
    read += count;
  }

  private void look(Numbers into, int at, int count) {
    for (int done = 0; done < count; done += BLOCK) {
      int n = Math.min(BLOCK, count - done);
      indices.read(codes, 0, n);
      dictionary.look(codes, n, into, at + done);
    }
  }

  /** Booleans as runs. */
  private void readRuns(Numbers into, int at, int count) {
    for (int done = 0; done < count; done += BLOCK) {
      int n = Math.min(BLOCK, count - done);
      indices.read(codes, 0, n);
      for (int i = 0; i < n; i++) {
        into.longs()[at + done + i] = codes[i];
      }
    }
  }

  @Override
  void startPage() {
    read = 0;
    ParquetPages pages = pages();
    switch (pages.encoding()) {
      case PLAIN -> {}
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> startIndices(indices);
      case DELTA_BINARY_PACKED -> {
        if (!decoder.isWhole()) {
          throw unknownEncoding();
        }
        deltas = new DeltaInts(pages.bytes(), pages.start(), pages.end());
      }
      case BYTE_STREAM_SPLIT -> {
        if (decoder.isBoolean()) {
          throw unknownEncoding();
        }
      }
      case RLE -> {
        if (!decoder.isBoolean()) {
          throw unknownEncoding();
        }
        int from = Math.min(pages.start() + 4, pages.end()); // after the length, which adds nothing
        indices.reset(pages.bytes(), from, pages.end(), 1);
      }
      default -> throw unknownEncoding();
    }
  }

  @Override
  void needDictionary() {
    if (dictionary == null) {
      byte[] bytes = pages().dictionary();
      int count = pages().dictionaryValues();
      if (bytes == null || (long) count * decoder.width() > bytes.length || decoder.isBoolean()) {
        throw pages().damage("its dictionary is missing or too short");
      }
      boolean longs = decoder.holding() == Holding.LONGS;
      dictionary = new Numbers(longs ? new long[count] : null, longs ? null : new double[count]);
      decoder.plain(bytes, 0, bytes.length, 0, dictionary, 0, count);
    }
  }

  @Override
  void forgetDictionary() {
    dictionary = null;
  }
}
