package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.data.FailedRow;
import dev.mlctl.data.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rejected rows as the dead letter shows them. */
final class DeadLetterText {
  private static final List<String> COLUMNS = List.of("source", "line", "reason", "record");

  private final TextFormat format;
  private final byte delimiter;

  DeadLetterText(TextFormat format, char delimiter) {
    this.format = format;
    this.delimiter = (byte) delimiter;
  }

  /** What a dead letter starts with. */
  byte[] header() {
    String names = String.join(String.valueOf((char) delimiter), COLUMNS) + "\n";
    return format == TextFormat.CSV ? names.getBytes(StandardCharsets.US_ASCII) : new byte[0];
  }

  void put(FailedRow row, Bytes out) {
    if (format == TextFormat.JSON_LINES) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("source", row.source());
      map.put("line", row.line());
      map.put("reason", row.reason());
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
}
