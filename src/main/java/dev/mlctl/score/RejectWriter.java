package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.data.FailedRow;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes rejected rows for the dead letter, and counts them. Not thread-safe. */
final class RejectWriter {
  private static final List<String> COLUMNS = List.of("source", "line", "reason", "record");

  private final TextFormat format;
  private final byte delimiter;
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<Problem> first = new ArrayList<>();

  RejectWriter(TextFormat format, char delimiter) {
    this.format = format;
    this.delimiter = (byte) delimiter;
  }

  /** What a dead letter starts with. */
  static byte[] header(TextFormat format, char delimiter) {
    String names = String.join(String.valueOf(delimiter), COLUMNS) + "\n";
    return format == TextFormat.CSV ? names.getBytes(StandardCharsets.US_ASCII) : new byte[0];
  }

  void write(RowBatch batch, Bytes out) {
    for (int r = 0; r < batch.rows() && batch.rejected() > 0; r++) {
      if (batch.isRejected(r)) {
        FailedRow row = batch.failedRow(r);
        Tally.count(reasons, kind(row.reason()), 1);
        if (first.size() < Tally.FIRST) {
          first.add(Problem.of(wellFormed(row.reason())).at(row.source() + ":" + row.line()));
        }
        write(row, out);
      }
    }
  }

  private void write(FailedRow row, Bytes out) {
    if (format == TextFormat.JSON_LINES) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("source", row.source());
      map.put("line", row.line());
      map.put("reason", wellFormed(row.reason()));
      map.put("record", row.record());
      out.put(Json.write(map).getBytes(StandardCharsets.UTF_8));
    } else {
      CsvText.put(row.source(), delimiter, out);
      out.put(delimiter);
      out.putAscii(Long.toString(row.line()));
      out.put(delimiter);
      CsvText.put(row.reason(), delimiter, out);
      out.put(delimiter);
      CsvText.put(row.record(), delimiter, out);
    }
    out.put((byte) '\n');
  }

  /**
   * The reason without what is the row's own: {@code temp: "x" is no …} becomes {@code temp is …},
   * and where in the line it stands is left out.
   */
  private static String kind(String reason) {
    int place = reason.indexOf(" at byte ");
    if (place >= 0 && reason.startsWith("not a JSON object")) {
      return reason.substring(0, place);
    }
    int from = reason.indexOf(": \"");
    int to = reason.lastIndexOf('"');
    return wellFormed(
        from >= 0 && to > from + 2 ? reason.substring(0, from) + reason.substring(to + 1) : reason);
  }

  /** A JSON escape can make half a surrogate pair, which no UTF-8 text can hold. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  List<Problem> first() {
    return first;
  }
}
