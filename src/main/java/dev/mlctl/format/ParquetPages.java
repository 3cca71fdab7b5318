package dev.mlctl.format;

import dev.mlctl.error.Failure;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The data pages of a column in a row group, one after another, each decompressed into the same
 * buffer. The dictionary, where there is one, comes before them. Not thread-safe.
 */
final class ParquetPages {
  /** Nothing in a page header is longer; its statistics could be, but are of no use to anybody. */
  private static final int MAX_HEADER_BYTES = 16 << 20;

  private final String file;
  private final SeekableByteChannel channel;
  private final MemoryBudget budget;
  private final String column;
  private final boolean nullable;
  private final CRC32 crc = new CRC32();
  private ColumnMetaData chunk;
  private RangeInput in;
  private byte[] packed = new byte[0];
  private byte[] page = new byte[0];
  private byte[] dictionary;
  private int dictionaryValues;
  private final HybridRuns levels = new HybridRuns();
  private Encoding encoding;
  private int rows;
  private int start;
  private int end;

  /**
   * Pages of one column.
   *
   * @param nullable whether the pages hold levels that tell which values are null
   */
  ParquetPages(
      String file,
      SeekableByteChannel channel,
      MemoryBudget budget,
      String column,
      boolean nullable) {
    this.file = file;
    this.channel = channel;
    this.budget = budget;
    this.column = column;
    this.nullable = nullable;
  }

  /**
   * Turns to another row group.
   *
   * @param window how many bytes to read ahead
   * @throws Failure of kind INPUT when its compression is not known here
   */
  void open(ColumnMetaData next, int window) {
    if (next.getCodec() == null || !Codecs.isKnown(next.getCodec())) {
      throw Damage.unsupported(
              file, "column \"" + column + "\" is compressed with " + next.getCodec())
          .hint("the compressions are none, snappy, gzip, zstd and lz4_raw");
    }
    chunk = next;
    long from = ParquetFooter.start(next);
    in = new RangeInput(channel, from, from + next.getTotal_compressed_size(), window);
    budget.claim(0, dictionary == null ? 0 : dictionary.length, "");
    dictionary = null;
    dictionaryValues = 0;
  }

  /**
   * Moves to the next data page that has values.
   *
   * @return false when there is none
   * @throws Failure of kind INPUT when what is there is no page
   */
  boolean next() throws IOException {
    while (in.left() > 0) {
      PageHeader header = header();
      int size = header.getUncompressed_page_size();
      int compressed = header.getCompressed_page_size();
      if (size < 0 || compressed < 0 || compressed > in.left()) {
        throw damage("a page cannot be " + compressed + " bytes, " + size + " uncompressed");
      }
      switch (header.getType()) {
        case DICTIONARY_PAGE -> readDictionary(header);
        case DATA_PAGE -> readData(header, header.getData_page_header());
        case DATA_PAGE_V2 -> readData(header, header.getData_page_header_v2());
        case INDEX_PAGE -> in.skipFully(compressed);
      }
      if (rows > 0) {
        return true;
      }
    }
    return false;
  }

  private PageHeader header() throws IOException {
    rows = 0;
    PageHeader header = new PageHeader();
    try {
      header.read(Thrift.reader(in, (int) Math.min(in.left(), MAX_HEADER_BYTES)));
    } catch (TException | RuntimeException e) { // Thrift's own code fails in many ways
      throw damage("a page's header cannot be understood").causedBy(e);
    }
    if (header.getType() == null) {
      throw damage("a page is of no known kind");
    }
    return header;
  }

  private void readDictionary(PageHeader header) throws IOException {
    DictionaryPageHeader details = header.getDictionary_page_header();
    if (details == null || dictionary != null || details.getNum_values() < 0) {
      throw damage("its dictionary makes no sense");
    }
    Encoding used = details.getEncoding();
    if (used != Encoding.PLAIN && used != Encoding.PLAIN_DICTIONARY) {
      throw damage("its dictionary is encoded as " + used);
    }
    byte[] body = body(header);
    int size = header.getUncompressed_page_size();
    budget.claim(size, 0, "the dictionary of column \"" + column + "\"");
    dictionary = new byte[size];
    decompress(body, 0, header.getCompressed_page_size(), dictionary, 0, size);
    dictionaryValues = details.getNum_values();
  }

  private void readData(PageHeader header, DataPageHeader details) throws IOException {
    if (details == null || details.getNum_values() < 0 || details.getEncoding() == null) {
      throw damage("a page makes no sense");
    }
    int size = header.getUncompressed_page_size();
    byte[] body = body(header);
    makeRoom(size);
    decompress(body, 0, header.getCompressed_page_size(), page, 0, size);
    start = 0;
    end = size;
    if (nullable) {
      if (details.getDefinition_level_encoding() != Encoding.RLE) {
        throw damage("its nulls are encoded as " + details.getDefinition_level_encoding());
      }
      int length = size < 4 ? -1 : LittleEndian.getInt(page, 0);
      readLevels(4, length);
    }
    encoding = details.getEncoding();
    rows = details.getNum_values();
  }

  private void readData(PageHeader header, DataPageHeaderV2 details) throws IOException {
    if (details == null || details.getNum_values() < 0 || details.getEncoding() == null) {
      throw damage("a page makes no sense");
    }
    int repetitions = details.getRepetition_levels_byte_length();
    int definitions = details.getDefinition_levels_byte_length();
    int size = header.getUncompressed_page_size();
    int compressed = header.getCompressed_page_size();
    if (repetitions != 0 || definitions < 0 || definitions > Math.min(size, compressed)) {
      throw damage("a page's levels make no sense");
    }
    byte[] body = body(header);
    makeRoom(size);
    System.arraycopy(body, 0, page, 0, definitions);
    int values = size - definitions;
    if (details.isIs_compressed() || !details.isSetIs_compressed()) {
      if (values > 0) {
        decompress(body, definitions, compressed - definitions, page, definitions, values);
      }
    } else if (compressed != size) {
      throw damage("a page is not compressed but has two sizes");
    } else {
      System.arraycopy(body, definitions, page, definitions, values);
    }
    start = 0;
    end = size;
    if (nullable) {
      readLevels(0, definitions);
    }
    encoding = details.getEncoding();
    rows = details.getNum_values();
  }

  private void readLevels(int from, int length) {
    if (length < 0 || length > end - from) {
      throw damage("a page's levels make no sense");
    }
    levels.reset(page, from, from + length, 1);
    start = from + length;
  }

  /** The page as it stands in the file. */
  private byte[] body(PageHeader header) throws IOException {
    int length = header.getCompressed_page_size();
    if (packed.length < length) {
      budget.claim(length, packed.length, "a page of column \"" + column + "\"");
      packed = new byte[length];
    }
    in.readFully(packed, 0, length);
    if (header.isSetCrc()) {
      crc.reset();
      crc.update(packed, 0, length);
      if ((int) crc.getValue() != header.getCrc()) {
        throw damage("a page is not what was written: its checksum differs");
      }
    }
    return packed;
  }

  private void makeRoom(int size) {
    if (page.length < size) {
      budget.claim(size, page.length, "a page of column \"" + column + "\"");
      page = new byte[size];
    }
  }

  private void decompress(byte[] from, int offset, int length, byte[] into, int at, int size) {
    try {
      Codecs.decompress(chunk.getCodec(), from, offset, length, into, at, size);
    } catch (IOException e) {
      throw damage("a page cannot be decompressed").causedBy(e);
    }
  }

  /** The failure of a column that is not as it must be. */
  Failure damage(String what) {
    return Damage.of(file, "column \"" + column + "\": " + what);
  }

  /** How many rows the page has. */
  int rows() {
    return rows;
  }

  /** How its values are written. */
  Encoding encoding() {
    return encoding;
  }

  /** The page, uncompressed. */
  byte[] bytes() {
    return page;
  }

  /** Where in {@link #bytes} the values start. */
  int start() {
    return start;
  }

  /** Where they end. */
  int end() {
    return end;
  }

  /** Which rows of the page have a value; for nullable columns only. */
  HybridRuns levels() {
    return levels;
  }

  /** The values that indices stand for, or null. */
  byte[] dictionary() {
    return dictionary;
  }

  /** How many there are. */
  int dictionaryValues() {
    return dictionaryValues;
  }
}
