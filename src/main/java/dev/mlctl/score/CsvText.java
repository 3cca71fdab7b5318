package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts as CSV fields (RFC 4180): quoted only where they must be. */
final class CsvText {
  private CsvText() {}

  /** Whether a field written one way reads the same the other way. */
  static boolean alike(CsvOptions one, CsvOptions other) {
    return one.delimiter() == other.delimiter() && one.quote() == other.quote();
  }

  /** A line of texts. */
  static byte[] line(List<String> texts, CsvOptions csv) {
    Bytes out = new Bytes();
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.put((byte) csv.delimiter());
      }
      put(texts.get(i), csv, out);
    }
    out.put((byte) '\n');
    return out.toArray();
  }

  static void put(String text, CsvOptions csv, Bytes out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8, 0, utf8.length, csv, out);
  }

  static void put(byte[] text, int start, int end, CsvOptions csv, Bytes out) {
    if (!needsQuotes(text, start, end, csv)) {
      out.put(text, start, end);
      return;
    }
    byte quote = (byte) csv.quote();
    out.put(quote);
    for (int p = start; p < end; p++) {
      if (text[p] == quote) {
        out.put(quote);
      }
      out.put(text[p]);
    }
    out.put(quote);
  }

  private static boolean needsQuotes(byte[] text, int start, int end, CsvOptions csv) {
    char delimiter = csv.delimiter();
    char quote = csv.quote();
    for (int p = start; p < end; p++) {
      byte b = text[p];
      if (b == delimiter || b == quote || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Whether a field that stands without quotes would fall apart with another delimiter. */
  static boolean contains(byte[] raw, int start, int end, char delimiter) {
    for (int p = start; p < end; p++) {
      if (raw[p] == delimiter) {
        return true;
      }
    }
    return false;
  }
}
