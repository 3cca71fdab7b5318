package dev.mlctl.score;

import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.ValueText;
import java.nio.charset.StandardCharsets;

/** Values of columns with types as text formats write them. */
final class TypedText {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private TypedText() {}

  /** A CSV field; a null is empty. */
  static void putCsv(RowBatch batch, int column, int row, CsvOptions csv, Bytes out) {
    if (batch.nulls(column)[row]) {
      return;
    } else if (batch.type(column).meaning() == Meaning.DOUBLE) {
      out.putNumber(batch.doubles(column)[row]);
    } else if (batch.type(column).meaning() == Meaning.STRING) {
      int start = batch.starts(column)[row];
      CsvText.put(batch.bytes(column), start, batch.ends(column)[row], csv, out);
    } else {
      CsvText.put(ValueText.of(batch, column, row), csv, out);
    }
  }

  /** A JSON value; what JSON has no literal for is a text. */
  static void putJson(RowBatch batch, int column, int row, Bytes out) {
    if (batch.nulls(column)[row]) {
      out.put(NULL);
    } else if (batch.type(column).meaning() == Meaning.STRING) {
      int start = batch.starts(column)[row];
      JsonText.put(batch.bytes(column), start, batch.ends(column)[row], out);
    } else if (ValueText.isJsonLiteral(batch, column, row)) {
      out.putAscii(ValueText.of(batch, column, row));
    } else {
      JsonText.put(ValueText.of(batch, column, row), out);
    }
  }
}
