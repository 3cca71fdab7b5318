package dev.mlctl.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * One column of the row group that is being written: a page of values, and the pages before it,
 * encoded and compressed. Not thread-safe.
 */
final class ParquetChunk {
  private static final int PAGE_BYTES = 1 << 20;

  private final SchemaElement element;
  private final boolean nullable;
  private final ColumnCompression compression;
  private final PageValues values;
  private final boolean[] nulls;
  private final int[] levels;
  private final GrowingBytes plain = new GrowingBytes();
  private final GrowingBytes packed = new GrowingBytes();
  private final GrowingBytes pages = new GrowingBytes();
  private final CRC32 crc = new CRC32();
  private int rows;
  private int present;
  private long groupRows;
  private long groupNulls;
  private long uncompressed;
  private boolean plainUsed;

  /**
   * A column.
   *
   * @param pageRows the most rows of a page
   */
  ParquetChunk(OutputColumn column, ColumnCompression compression, int pageRows) {
    this.element = ParquetTypes.element(column.column());
    this.nullable = column.column().nullable();
    this.compression = compression;
    this.values =
        switch (element.getType()) {
          case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> new WordValues(column, element);
          case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> new SliceValues(column, element);
        };
    this.nulls = new boolean[pageRows];
    this.levels = new int[nullable ? pageRows : 0];
  }

  SchemaElement element() {
    return element;
  }

  /** About how many bytes it holds. */
  long byteSize() {
    return (long) pages.size() + values.byteSize();
  }

  /** Appends rows, and their values to their hashes. */
  void add(WrittenRows added, RowHashes hashes) throws IOException {
    for (int from = 0; from < added.count(); ) {
      int count = Math.min(added.count() - from, nulls.length - rows);
      int taken = values.take(added, from, count, nulls, rows);
      values.addTo(hashes, from, count, present, nulls, rows);
      present += taken;
      rows += count;
      from += count;
      if (rows == nulls.length || values.byteSize() > PAGE_BYTES) {
        endPage();
      }
    }
  }

  private void endPage() throws IOException {
    if (rows == 0) {
      return;
    }
    plain.clear();
    if (nullable) {
      putLevels();
    } else if (present < rows) {
      throw new IllegalStateException("a null in column " + element.getName());
    }
    boolean byIndex = values.encode(plain);
    plainUsed |= !byIndex;
    Encoding encoding = byIndex ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
    DataPageHeader details = new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE);
    putPage(new PageHeader().setType(PageType.DATA_PAGE).setData_page_header(details), pages);
    groupRows += rows;
    groupNulls += rows - present;
    rows = 0;
    present = 0;
  }

  /** The null flags, with their length before them. */
  private void putLevels() {
    plain.putLittleEndian(0, 4);
    if (present == rows) {
      HybridWriter.putRun(1, rows, 1, plain);
    } else {
      for (int i = 0; i < rows; i++) {
        levels[i] = nulls[i] ? 0 : 1;
      }
      HybridWriter.put(levels, rows, 1, plain);
    }
    int length = plain.size() - 4;
    plain.size(0);
    plain.putLittleEndian(length, 4);
    plain.size(4 + length);
  }

  /** Compresses what is in the buffer and puts it after a header. */
  private void putPage(PageHeader header, GrowingBytes into) throws IOException {
    packed.clear();
    Codecs.compress(compression, plain, packed);
    crc.reset();
    crc.update(packed.array(), 0, packed.size());
    header.setUncompressed_page_size(plain.size());
    header.setCompressed_page_size(packed.size());
    header.setCrc((int) crc.getValue());
    int before = into.size();
    Util.writePageHeader(header, into.asStream());
    uncompressed += into.size() - before + plain.size();
    into.put(packed.array(), 0, packed.size());
  }

  /**
   * Writes the column's bytes of this row group, and begins another.
   *
   * @param offset where in the file they go
   * @return what the footer says of them
   */
  ColumnChunk finish(long offset, OutputStream out) throws IOException {
    endPage();
    GrowingBytes dictionary = dictionaryPage();
    dictionary.writeTo(out);
    pages.writeTo(out);
    Statistics statistics = new Statistics();
    statistics.setNull_count(groupNulls);
    values.putRange(statistics);
    ColumnMetaData metadata =
        new ColumnMetaData(
            element.getType(),
            encodings(),
            List.of(element.getName()),
            Codecs.codec(compression),
            groupRows,
            uncompressed,
            (long) dictionary.size() + pages.size(),
            offset + dictionary.size());
    if (dictionary.size() > 0) {
      metadata.setDictionary_page_offset(offset);
    }
    if (element.getType() != Type.INT96) {
      metadata.setStatistics(statistics);
    }
    startGroup();
    return new ColumnChunk(0).setMeta_data(metadata);
  }

  private List<Encoding> encodings() {
    List<Encoding> encodings = new ArrayList<>();
    if (values.usesDictionary()) {
      encodings.add(Encoding.RLE_DICTIONARY);
    }
    if (plainUsed || values.usesDictionary()) {
      encodings.add(Encoding.PLAIN);
    }
    encodings.add(Encoding.RLE);
    return encodings;
  }

  private GrowingBytes dictionaryPage() throws IOException {
    GrowingBytes page = new GrowingBytes();
    if (values.usesDictionary()) {
      plain.clear();
      int size = values.encodeDictionary(plain);
      DictionaryPageHeader details = new DictionaryPageHeader(size, Encoding.PLAIN);
      PageHeader header = new PageHeader().setType(PageType.DICTIONARY_PAGE);
      putPage(header.setDictionary_page_header(details), page);
    }
    return page;
  }

  private void startGroup() {
    pages.clear();
    values.startGroup();
    groupRows = 0;
    groupNulls = 0;
    uncompressed = 0;
    plainUsed = false;
  }
}
