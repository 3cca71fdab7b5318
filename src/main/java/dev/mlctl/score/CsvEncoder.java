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
  private final byte[] challenger;

  CsvEncoder(ScoreJob job, Signature signature) {
    super(job);
    csv = job.publication().csvOptions();
    delimiter = (byte) csv.delimiter();
    whole = job.layout().wholeRecords();
    verbatim = job.inputFormat() == RowFormat.CSV && CsvText.alike(job.csvOptions(), csv);
    sameQuote = job.csvOptions().quote() == csv.quote();
    classes = signature.classes().stream().map(this::field).toArray(byte[][]::new);
    release = field(job.release());
    challenger = job.challenger() == null ? release : field(job.challenger().label());
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
  void encode(RowBatch batch, int row, Answers answers, Bytes out) {
    if (whole) {
      out.put(batch.bytes(), batch.recordStart(row), batch.recordEnd(row));
      out.put(delimiter);
    } else {
      for (int column : columns()) {
        field(batch, column, row, out);
        out.put(delimiter);
      }
    }
    answer(answers.given(), row, true, out);
    if (job().withChallenger()) {
      out.put(delimiter);
      answer(answers.challenger(), row, answers.hasChallenger(row), out);
    }
    if (job().withRelease()) {
      out.put(delimiter);
      out.put(answers.isByChallenger(row) ? challenger : release);
    }
  }

  /** The fields of one model's answer, empty ones when it has none. */
  private void answer(Predictions predictions, int row, boolean there, Bytes out) {
    if (there && predictions.classes() == null) {
      out.putNumber(predictions.outputs()[0][row]);
    } else if (there) {
      out.put(classes[predictions.classes()[row]]);
    }
    for (int k = 0; k < classes.length && job().probabilities(); k++) {
      out.put(delimiter);
      if (there) {
        out.putNumber(predictions.outputs()[k][row]);
      }
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
