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
   * @param quote what may stand around it, or {@link CsvOptions#NONE}
   * @param start first byte of the raw field in {@code bytes}
   * @param end one past its last byte; equal to start for an absent field
   */
  public static String text(TextFormat format, char quote, byte[] bytes, int start, int end) {
    if (!isQuoted(quote, bytes, start, end)) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    String inner = new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
    if (format == TextFormat.JSON_LINES) {
      return unescapeJson(inner);
    }
    String one = String.valueOf(quote);
    return inner.replace(one + one, one);
  }

  /** Whether a raw field stands in quotes. */
  public static boolean isQuoted(char quote, byte[] bytes, int start, int end) {
    return end - start >= 2 && bytes[start] == quote && bytes[end - 1] == quote;
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
