package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.RawField;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * Scored rows as CSV. Fields of CSV input are passed on byte for byte, unless they would mean
 * something else with the output's delimiter and quote.
 */
final class CsvEncoder extends RowEncoder {
  private final CsvOptions csv;
  private final byte delimiter;
  private final boolean whole;
  private final boolean verbatim;
  private final boolean sameQuote;
  private final byte[][] classes;
  private final byte[] release;

  CsvEncoder(ScoreJob job, Signature signature) {
    super(job);
    csv = job.publication().csvOptions();
    delimiter = (byte) csv.delimiter();
    whole = job.layout().wholeRecords();
    verbatim = job.inputFormat() == RowFormat.CSV && CsvText.alike(job.csvOptions(), csv);
    sameQuote = job.csvOptions().quote() == csv.quote();
    classes = signature.classes().stream().map(this::field).toArray(byte[][]::new);
    release = field(job.release());
  }

  /** The line that names the columns. */
  static byte[] header(OutputLayout layout, CsvOptions csv) {
    List<String> names = new ArrayList<>(layout.passthrough());
    names.addAll(layout.added());
    return CsvText.line(names, csv);
  }

  private byte[] field(String text) {
    Bytes out = new Bytes();
    CsvText.put(text, csv, out);
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
  }

  private void field(RowBatch batch, int column, int row, Bytes out) {
    if (batch.format() == TextFormat.PLAIN) {
      TypedText.putCsv(batch, column, row, csv, out);
      return;
    }
    byte[] bytes = batch.bytes();
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (verbatim || start == end) {
      out.put(bytes, start, end);
      return;
    }
    boolean quoted = RawField.isQuoted(batch.quote(), bytes, start, end);
    boolean csvField = batch.format() == TextFormat.CSV && sameQuote;
    if (csvField && (quoted || !CsvText.contains(bytes, start, end, csv.delimiter()))) {
      out.put(bytes, start, end);
    } else if (quoted) {
      CsvText.put(batch.text(column, row), csv, out);
    } else {
      CsvText.put(bytes, start, end, csv, out);
    }
  }
}
