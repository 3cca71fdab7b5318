package dev.mlctl.score;

import dev.mlctl.data.RawField;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Signature;
import java.util.ArrayList;
import java.util.List;

/** Scored rows as CSV. Fields of CSV input are passed on byte for byte. */
final class CsvEncoder extends RowEncoder {
  private final byte delimiter;
  private final boolean whole;
  private final boolean verbatim;
  private final byte[][] classes;
  private final byte[] release;

  CsvEncoder(ScoreJob job, Signature signature) {
    super(job);
    delimiter = (byte) job.publication().delimiter();
    whole = job.layout().wholeRecords();
    verbatim = job.inputFormat() == TextFormat.CSV && job.csvOptions().delimiter() == delimiter;
    classes =
        signature.classes().stream().map(name -> field(name, delimiter)).toArray(byte[][]::new);
    release = field(job.release(), delimiter);
  }

  /** The line that names the columns. */
  static byte[] header(OutputLayout layout, char delimiter) {
    List<String> names = new ArrayList<>(layout.passthrough());
    names.addAll(layout.added());
    Bytes out = new Bytes();
    for (String name : names) {
      if (out.size() > 0) {
        out.put((byte) delimiter);
      }
      CsvText.put(name, (byte) delimiter, out);
    }
    out.put((byte) '\n');
    return out.toArray();
  }

  private static byte[] field(String text, byte delimiter) {
    Bytes out = new Bytes();
    CsvText.put(text, delimiter, out);
    return out.toArray();
  }

  @Override
  void encode(RowBatch batch, int row, Predictions predictions, Bytes out) {
    if (whole) {
      out.put(batch.bytes(), batch.recordStart(row), batch.recordEnd(row));
      out.put(delimiter);
    } else {
      for (int column : columns()) {
        field(batch, column, row, out);
        out.put(delimiter);
      }
    }
    if (predictions.classes() == null) {
      out.putNumber(predictions.outputs()[0][row]);
    } else {
      out.put(classes[predictions.classes()[row]]);
    }
    if (job().probabilities()) {
      for (double[] output : predictions.outputs()) {
        out.put(delimiter);
        out.putNumber(output[row]);
      }
    }
    if (job().withRelease()) {
      out.put(delimiter);
      out.put(release);
    }
    out.put((byte) '\n');
  }

  private void field(RowBatch batch, int column, int row, Bytes out) {
    byte[] bytes = batch.bytes();
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (verbatim || start == end) {
      out.put(bytes, start, end);
    } else if (batch.format() == TextFormat.CSV) {
      boolean safe =
          RawField.isQuoted(bytes, start, end) || !CsvText.contains(bytes, start, end, delimiter);
      if (safe) {
        out.put(bytes, start, end);
      } else {
        CsvText.put(bytes, start, end, delimiter, out);
      }
    } else if (bytes[start] == '"') {
      CsvText.put(batch.text(column, row), delimiter, out);
    } else {
      CsvText.put(bytes, start, end, delimiter, out);
    }
  }
}
