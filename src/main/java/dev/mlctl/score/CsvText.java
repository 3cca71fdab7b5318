package dev.mlctl.score;

import java.nio.charset.StandardCharsets;

/** Texts as CSV fields (RFC 4180): quoted only where they must be. */
final class CsvText {
  private CsvText() {}

  static void put(String text, byte delimiter, Bytes out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8, 0, utf8.length, delimiter, out);
  }

  static void put(byte[] text, int start, int end, byte delimiter, Bytes out) {
    if (!needsQuotes(text, start, end, delimiter)) {
      out.put(text, start, end);
      return;
    }
    out.put((byte) '"');
    for (int p = start; p < end; p++) {
      if (text[p] == '"') {
        out.put((byte) '"');
      }
      out.put(text[p]);
    }
    out.put((byte) '"');
  }

  private static boolean needsQuotes(byte[] text, int start, int end, byte delimiter) {
    for (int p = start; p < end; p++) {
      byte b = text[p];
      if (b == delimiter || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Whether a field that stands without quotes would fall apart with another delimiter. */
  static boolean contains(byte[] raw, int start, int end, byte delimiter) {
    for (int p = start; p < end; p++) {
      if (raw[p] == delimiter) {
        return true;
      }
    }
    return false;
  }
}
