package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/** Values that Parquet stores as bytes, of one length or each with its own. */
final class SliceValues extends PageValues {
  /** Longer values would make footers long. */
  private static final int LONGEST_OF_RANGE = 64;

  private static final int MAX_DICTIONARY_BYTES = 1 << 20;

  private final OutputColumn column;
  private final boolean fixed;
  private final boolean ordered;
  private final byte[][] texts;
  private final SliceDictionary dictionary = new SliceDictionary();
  private final GrowingBytes bytes = new GrowingBytes();
  private int[] ends = new int[1 << 10];
  private int[] codes = new int[0];
  private int count;
  private byte[] min;
  private byte[] max;
  private boolean rangeKnown = true;

  SliceValues(OutputColumn column, SchemaElement element) {
    this.column = column;
    this.fixed = element.getType() != Type.BYTE_ARRAY;
    Meaning meaning = column.column().type().meaning();
    this.ordered = meaning == Meaning.STRING || meaning == Meaning.UUID || meaning == Meaning.BYTES;
    this.texts =
        column instanceof OutputColumn.Codes given
            ? given.texts().stream().map(SliceValues::utf8).toArray(byte[][]::new)
            : column instanceof OutputColumn.Constant constant
                ? new byte[][] {utf8(constant.text())}
                : null;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  int take(WrittenRows rows, int from, int more, boolean[] nulls, int at) {
    if (ends.length - count < more) {
      ends = Arrays.copyOf(ends, Math.max(count + more, ends.length * 2));
    }
    int before = count;
    for (int i = 0; i < more; i++) {
      int r = rows.rows()[from + i];
      if (column instanceof OutputColumn.Passed passed) {
        nulls[at + i] = !take(rows.batch(), passed.from(), r);
      } else {
        int code = column instanceof OutputColumn.Codes given ? rows.codes(given.output())[r] : 0;
        nulls[at + i] = code < 0 || !put(texts[code]);
      }
    }
    return count - before;
  }

  private boolean put(byte[] value) {
    return put(value, 0, value.length);
  }

  private boolean put(byte[] from, int start, int length) {
    bytes.put(from, start, length);
    ends[count++] = bytes.size();
    return true;
  }

  /** Takes a value; returns whether there is one. */
  private boolean take(RowBatch batch, int source, int row) {
    ColumnType type = batch.type(source);
    if (type.holding() == Holding.RAW) {
      return takeField(batch, source, row);
    }
    if (batch.nulls(source)[row]) {
      return false;
    }
    if (type.holding() == Holding.DOUBLES) {
      bytes.putLittleEndian(LittleEndian.half((float) batch.doubles(source)[row]), 2);
      ends[count++] = bytes.size();
      return true;
    }
    int start = batch.starts(source)[row];
    return put(batch.bytes(source), start, batch.ends(source)[row] - start);
  }

  /** A field of a text format without its quotes; an empty one that has none is a null. */
  private boolean takeField(RowBatch batch, int source, int row) {
    byte[] from = batch.bytes();
    int start = batch.starts(source)[row];
    int end = batch.ends(source)[row];
    if (start == end) {
      return false;
    }
    return from[start] == '"' ? put(utf8(batch.text(source, row))) : put(from, start, end - start);
  }

  @Override
  void addTo(RowHashes hashes, int row, int value) {
    hashes.addBytes(row, bytes.array(), start(value), ends[value]);
  }

  @Override
  int count() {
    return count;
  }

  @Override
  int byteSize() {
    return bytes.size() + 4 * count;
  }

  private int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  @Override
  int learnDictionary() {
    if (codes.length < count) {
      codes = new int[ends.length];
    }
    for (int i = 0; i < count && !isDictionaryFull(); i++) {
      codes[i] = dictionary.code(bytes.array(), start(i), ends[i]);
    }
    return dictionary.size();
  }

  @Override
  boolean isDictionaryFull() {
    return dictionary.size() > MAX_DICTIONARY || dictionary.byteSize() > MAX_DICTIONARY_BYTES;
  }

  @Override
  void encodePlain(GrowingBytes out) {
    for (int i = 0; i < count; i++) {
      widen(bytes.array(), start(i), ends[i]);
      put(bytes.array(), start(i), ends[i], out);
    }
  }

  private void put(byte[] from, int start, int end, GrowingBytes out) {
    if (!fixed) {
      out.putLittleEndian(end - start, 4);
    }
    out.put(from, start, end - start);
  }

  @Override
  void encodeIndices(GrowingBytes out) {
    int width = HybridWriter.width(dictionary.size());
    out.put(width);
    HybridWriter.put(codes, count, width, out);
  }

  @Override
  int encodeDictionary(GrowingBytes out) {
    for (int code = 0; code < dictionary.size(); code++) {
      widen(dictionary.bytes(), dictionary.start(code), dictionary.end(code));
      put(dictionary.bytes(), dictionary.start(code), dictionary.end(code), out);
    }
    return dictionary.size();
  }

  /** Widens the range of the row group's values to hold one more. */
  private void widen(byte[] from, int start, int end) {
    if (!ordered || !rangeKnown) {
      return;
    }
    if (end - start > LONGEST_OF_RANGE) {
      rangeKnown = false;
      return;
    }
    if (min == null || Arrays.compareUnsigned(from, start, end, min, 0, min.length) < 0) {
      min = Arrays.copyOfRange(from, start, end);
    }
    if (max == null || Arrays.compareUnsigned(from, start, end, max, 0, max.length) > 0) {
      max = Arrays.copyOfRange(from, start, end);
    }
  }

  @Override
  void clearPage() {
    count = 0;
    bytes.clear();
  }

  @Override
  void clearGroup() {
    dictionary.clear();
    min = null;
    max = null;
    rangeKnown = true;
  }

  @Override
  void putRange(Statistics into) {
    if (rangeKnown && min != null) {
      into.setMin_value(min);
      into.setMax_value(max);
    }
  }
}
