package dev.mlctl.monitor;

import dev.mlctl.data.Numbers;
import dev.mlctl.data.RawField;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowHash;
import dev.mlctl.model.Signature;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Fields of a row as the join needs them; a plain field of a text file without a String. Not
 * thread-safe.
 */
final class FieldReading {
  private final RowHash hash = new RowHash();
  private final Map<String, Double> classes = new HashMap<>();

  FieldReading(Signature signature) {
    signature.classes().forEach(name -> classes.put(name, (double) classes.size()));
  }

  /**
   * The hash of a key's text, 64 bits; 0 when it is empty. Among a hundred million keys the chance
   * that any two share theirs is 1 in 3700.
   */
  long key(RowBatch batch, int column, int row) {
    if (isPlain(batch, column, row)) {
      return key(batch.bytes(column), batch.starts(column)[row], batch.ends(column)[row]);
    }
    byte[] utf8 = batch.text(column, row).getBytes(StandardCharsets.UTF_8);
    return key(utf8, 0, utf8.length);
  }

  long key(byte[] bytes, int start, int end) {
    if (start == end) {
      return 0;
    }
    hash.start();
    // Bytes and their number go into the same word, where 1000 and 10000 would give the same.
    hash.add(end - start, 0);
    hash.add(bytes, start, end);
    long key = hash.first();
    return key == 0 ? 1 : key;
  }

  /** The index of a class, or a number for a regression; NaN when it is neither. */
  double answer(RowBatch batch, int column, int row) {
    if (classes.isEmpty()) {
      return number(batch, column, row);
    }
    return classes.getOrDefault(batch.text(column, row), Double.NaN);
  }

  /** A number; NaN when it is none. */
  double number(RowBatch batch, int column, int row) {
    if (isPlain(batch, column, row)) {
      return Numbers.parse(batch.bytes(column), batch.starts(column)[row], batch.ends(column)[row]);
    }
    double[] doubles = batch.doubles(column);
    return doubles != null && !batch.nulls(column)[row] && Double.isFinite(doubles[row])
        ? doubles[row]
        : Numbers.parse(batch.text(column, row));
  }

  private static boolean isPlain(RowBatch batch, int column, int row) {
    return batch.nulls(column) == null
        && !RawField.isQuoted(
            batch.quote(), batch.bytes(column), batch.starts(column)[row], batch.ends(column)[row]);
  }
}
