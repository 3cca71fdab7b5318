package dev.mlctl.data;

import java.nio.charset.StandardCharsets;

/**
 * The value behind a raw field: quotes removed, escapes undone. Only texts come this way; numbers
 * are parsed from the bytes themselves.
 */
public final class RawField {
  private RawField() {}

  /**
   * The text of a raw field.
   *
   * @param start first byte of the raw field in {@code bytes}
   * @param end one past its last byte; equal to start for an absent field
   */
  public static String text(TextFormat format, byte[] bytes, int start, int end) {
    if (format == TextFormat.PLAIN || !isQuoted(bytes, start, end)) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    String inner = new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
    return format == TextFormat.CSV ? inner.replace("\"\"", "\"") : unescapeJson(inner);
  }

  /** Whether a raw field is written in double quotes. */
  public static boolean isQuoted(byte[] bytes, int start, int end) {
    return end - start >= 2 && bytes[start] == '"' && bytes[end - 1] == '"';
  }

  /** Undoes the escapes of a JSON text that was checked by the reader. */
  private static String unescapeJson(String inner) {
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    StringBuilder out = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = inner.charAt(++i);
      switch (escape) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(inner.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }
}
