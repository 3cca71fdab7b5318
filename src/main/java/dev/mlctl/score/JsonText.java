package dev.mlctl.score;

import java.nio.charset.StandardCharsets;

/** Texts as JSON strings (RFC 8259), from UTF-8 bytes that were checked. */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  static void put(String text, Bytes out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8, 0, utf8.length, out);
  }

  static void put(byte[] text, int start, int end, Bytes out) {
    out.put((byte) '"');
    for (int p = start; p < end; p++) {
      byte b = text[p];
      if (b == '"' || b == '\\') {
        out.put((byte) '\\');
        out.put(b);
      } else if (b >= 0 && b < ' ') {
        control(b, out);
      } else {
        out.put(b);
      }
    }
    out.put((byte) '"');
  }

  private static void control(byte b, Bytes out) {
    switch (b) {
      case '\n' -> out.putAscii("\\n");
      case '\r' -> out.putAscii("\\r");
      case '\t' -> out.putAscii("\\t");
      default -> {
        out.putAscii("\\u00");
        out.put(HEX[b >> 4]);
        out.put(HEX[b & 15]);
      }
    }
  }

  /** Whether bytes are a number as JSON writes it: no leading zero or plus, digits at both ends. */
  static boolean isNumber(byte[] raw, int start, int end) {
    int p = start < end && raw[start] == '-' ? start + 1 : start;
    int whole = digits(raw, p, end);
    if (whole == p || (raw[p] == '0' && whole > p + 1)) {
      return false;
    }
    p = whole;
    if (p < end && raw[p] == '.') {
      int fraction = digits(raw, p + 1, end);
      if (fraction == p + 1) {
        return false;
      }
      p = fraction;
    }
    if (p < end && (raw[p] == 'e' || raw[p] == 'E')) {
      p++;
      if (p < end && (raw[p] == '+' || raw[p] == '-')) {
        p++;
      }
      int exponent = digits(raw, p, end);
      return exponent > p && exponent == end;
    }
    return p == end;
  }

  private static int digits(byte[] raw, int from, int end) {
    int p = from;
    while (p < end && raw[p] >= '0' && raw[p] <= '9') {
      p++;
    }
    return p;
  }
}
