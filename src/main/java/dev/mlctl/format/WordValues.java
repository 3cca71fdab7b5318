package dev.mlctl.format;

import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.Numbers;
import dev.mlctl.data.RowBatch;
import java.util.Arrays;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/** Values of at most 64 bits, as the bits that Parquet stores. */
final class WordValues extends PageValues {
  private final OutputColumn column;
  private final Type physical;
  private final WordRange range;
  private final WordDictionary dictionary = new WordDictionary();
  private long[] words = new long[1 << 10];
  private int[] codes = new int[0];
  private int count;

  WordValues(OutputColumn column, SchemaElement element) {
    this.column = column;
    this.physical = element.getType();
    this.range = new WordRange(physical, column.column().type());
    if (physical == Type.BOOLEAN || column instanceof OutputColumn.Numbers) {
      neverUseDictionary();
    }
  }

  @Override
  int take(WrittenRows rows, int from, int more, boolean[] nulls, int at) {
    if (words.length - count < more) {
      words = Arrays.copyOf(words, Math.max(count + more, words.length * 2));
    }
    int before = count;
    if (column instanceof OutputColumn.Passed passed) {
      takePassed(rows, from, more, nulls, at, passed.from());
    } else {
      double[] numbers = rows.numbers(((OutputColumn.Numbers) column).output());
      boolean nullable = column.column().nullable();
      for (int i = 0; i < more; i++) {
        double value = numbers[rows.rows()[from + i]];
        words[count] = Double.doubleToRawLongBits(value);
        nulls[at + i] = nullable && Double.isNaN(value);
        count += nulls[at + i] ? 0 : 1;
      }
    }
    range.add(words, before, count);
    return count - before;
  }

  private void takePassed(
      WrittenRows rows, int from, int more, boolean[] nulls, int at, int source) {
    RowBatch batch = rows.batch();
    boolean[] areNull = batch.nulls(source);
    Holding holding = batch.type(source).holding();
    for (int i = 0; i < more; i++) {
      int r = rows.rows()[from + i];
      boolean isNull;
      if (holding == Holding.RAW) {
        double value = number(batch, source, r);
        isNull = Double.isNaN(value);
        words[count] = word(value);
      } else {
        isNull = areNull[r];
        words[count] =
            holding == Holding.LONGS ? batch.longs(source)[r] : word(batch.doubles(source)[r]);
      }
      nulls[at + i] = isNull;
      count += isNull ? 0 : 1;
    }
  }

  /** The number that a field of a text format is; NaN when it is none. */
  static double number(RowBatch batch, int column, int row) {
    double[] read = batch.doubles(column);
    if (read != null && !Double.isNaN(read[row])) {
      return read[row];
    }
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (start == end) {
      return Double.NaN;
    }
    double value = Numbers.parse(batch.bytes(), start, end);
    return Double.isNaN(value) ? Numbers.parse(batch.text(column, row)) : value;
  }

  private long word(double value) {
    return physical == Type.FLOAT
        ? Float.floatToRawIntBits((float) value)
        : Double.doubleToRawLongBits(value);
  }

  @Override
  void addTo(RowHashes hashes, int row, int value) {
    hashes.addWord(row, words[value]);
  }

  @Override
  int count() {
    return count;
  }

  @Override
  int byteSize() {
    return count * width();
  }

  private int width() {
    return switch (physical) {
      case BOOLEAN -> 1;
      case INT32, FLOAT -> 4;
      default -> 8;
    };
  }

  @Override
  int learnDictionary() {
    if (codes.length < count) {
      codes = new int[words.length];
    }
    for (int i = 0; i < count && !isDictionaryFull(); i++) {
      codes[i] = dictionary.code(words[i]);
    }
    return dictionary.size();
  }

  @Override
  boolean isDictionaryFull() {
    return dictionary.size() > MAX_DICTIONARY;
  }

  @Override
  void encodePlain(GrowingBytes out) {
    if (physical == Type.BOOLEAN) {
      encodeBits(out);
      return;
    }
    int width = width();
    out.reserve(count * width);
    for (int i = 0; i < count; i++) {
      out.putLittleEndian(words[i], width);
    }
  }

  private void encodeBits(GrowingBytes out) {
    for (int i = 0; i < count; i += 8) {
      int bits = 0;
      for (int b = 0; b < Math.min(8, count - i); b++) {
        bits |= (int) words[i + b] << b;
      }
      out.put(bits);
    }
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
      out.putLittleEndian(dictionary.word(code), width());
    }
    return dictionary.size();
  }

  @Override
  void clearPage() {
    count = 0;
  }

  @Override
  void clearGroup() {
    dictionary.clear();
    range.clear();
  }

  @Override
  void putRange(Statistics into) {
    range.putInto(into, width());
  }
}
