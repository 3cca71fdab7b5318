package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.FailedRow;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rejected rows as the dead letter shows them. */
final class DeadLetterText {
  private static final List<String> COLUMNS = List.of("source", "line", "reason", "record");

  private final RowFormat format;
  private final CsvOptions csv;

  DeadLetterText(RowFormat format, CsvOptions csv) {
    this.format = format;
    this.csv = csv;
  }

  /** What a dead letter starts with. */
  byte[] header() {
    return format == RowFormat.CSV ? CsvText.line(COLUMNS, csv) : new byte[0];
  }

  void put(FailedRow row, Bytes out) {
    if (format == RowFormat.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("source", row.source());
      map.put("line", row.line());
      map.put("reason", row.reason());
      map.put("record", row.record());
      out.put(Json.write(map).getBytes(StandardCharsets.UTF_8));
    } else {
      byte delimiter = (byte) csv.delimiter();
      CsvText.put(row.source(), csv, out);
      out.put(delimiter);
      out.putAscii(Long.toString(row.line()));
      out.put(delimiter);
      CsvText.put(row.reason(), csv, out);
      out.put(delimiter);
      CsvText.put(row.record(), csv, out);
    }
    out.put((byte) '\n');
  }
}
