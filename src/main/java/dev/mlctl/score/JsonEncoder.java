package dev.mlctl.score;

import dev.mlctl.data.RawField;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Scored rows as JSON lines. Members of JSON input are passed on byte for byte. A CSV field becomes
 * a number when it stands without quotes and is one as JSON writes it, null when it is empty, and a
 * text otherwise.
 */
final class JsonEncoder extends RowEncoder {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final boolean whole;
  private final byte[][] passedKeys;
  private final byte[][] addedKeys;
  private final byte[][] classes;
  private final byte[] release;
  private final byte[] challenger;

  JsonEncoder(ScoreJob job, Signature signature) {
    super(job);
    whole = job.layout().wholeRecords();
    passedKeys = keys(job.layout().passthrough());
    addedKeys = keys(job.layout().added());
    classes = signature.classes().stream().map(JsonEncoder::text).toArray(byte[][]::new);
    release = text(job.release());
    challenger = job.challenger() == null ? release : text(job.challenger().label());
  }

  private static byte[][] keys(List<String> names) {
    return names.stream().map(name -> text(name, ':')).toArray(byte[][]::new);
  }

  private static byte[] text(String value, char... after) {
    Bytes out = new Bytes();
    JsonText.put(value, out);
    for (char c : after) {
      out.put((byte) c);
    }
    return out.toArray();
  }

  @Override
  void encode(RowBatch batch, int row, Answers answers, Bytes out) {
    boolean first = whole ? openRecord(batch, row, out) : openFields(batch, row, out);
    comma(first, out);
    int key = answer(answers.given(), row, true, 0, out);
    if (job().withChallenger()) {
      out.put((byte) ',');
      key = answer(answers.challenger(), row, answers.hasChallenger(row), key, out);
    }
    if (job().withRelease()) {
      out.put((byte) ',');
      out.put(addedKeys[key]);
      out.put(answers.isByChallenger(row) ? challenger : release);
    }
    out.put((byte) '}');
  }

  /** The members of one model's answer, null when it has none; returns the key of what follows. */
  private int answer(Predictions predictions, int row, boolean there, int first, Bytes out) {
    int key = first;
    out.put(addedKeys[key++]);
    if (!there) {
      out.put(NULL);
    } else if (predictions.classes() == null) {
      out.putNumber(predictions.outputs()[0][row]);
    } else {
      out.put(classes[predictions.classes()[row]]);
    }
    for (int k = 0; k < classes.length && job().probabilities(); k++) {
      out.put((byte) ',');
      out.put(addedKeys[key++]);
      if (there) {
        out.putNumber(predictions.outputs()[k][row]);
      } else {
        out.put(NULL);
      }
    }
    return key;
  }

  /** Writes a checked object without its closing brace; returns whether it has no member. */
  private static boolean openRecord(RowBatch batch, int row, Bytes out) {
    byte[] bytes = batch.bytes();
    int start = batch.recordStart(row);
    int brace = batch.recordEnd(row) - 1;
    while (bytes[brace] != '}') {
      brace--;
    }
    out.put(bytes, start, brace);
    int last = brace - 1;
    while (bytes[last] == ' ' || bytes[last] == '\t' || bytes[last] == '\r') {
      last--;
    }
    return bytes[last] == '{';
  }

  private boolean openFields(RowBatch batch, int row, Bytes out) {
    out.put((byte) '{');
    boolean first = true;
    for (int i = 0; i < columns().length; i++) {
      if (batch.format() == TextFormat.JSON_LINES
          && batch.starts(columns()[i])[row] == batch.recordStart(row)) {
        continue; // absent there, absent here
      }
      comma(first, out);
      first = false;
      out.put(passedKeys[i]);
      value(batch, columns()[i], row, out);
    }
    return first;
  }

  private static void comma(boolean first, Bytes out) {
    if (!first) {
      out.put((byte) ',');
    }
  }

  private static void value(RowBatch batch, int column, int row, Bytes out) {
    if (batch.format() == TextFormat.PLAIN) {
      TypedText.putJson(batch, column, row, out);
      return;
    }
    byte[] bytes = batch.bytes();
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (start == end) {
      out.put(NULL);
    } else if (batch.format() == TextFormat.JSON_LINES || JsonText.isNumber(bytes, start, end)) {
      out.put(bytes, start, end);
    } else if (RawField.isQuoted(batch.quote(), bytes, start, end)) {
      JsonText.put(batch.text(column, row), out);
    } else {
      JsonText.put(bytes, start, end, out);
    }
  }
}
