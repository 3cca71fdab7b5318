package dev.mlctl.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON text. By hand, since the release log's digests depend on every byte and must not
 * change with a library's version.
 */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  static String write(Object value, boolean pretty) {
    JsonWriter writer = new JsonWriter(pretty);
    writer.value(value, 0);
    return pretty ? writer.out.append('\n').toString() : writer.out.toString();
  }

  private void value(Object value, int depth) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Map<?, ?> map) {
      fields(map, depth);
    } else if (value instanceof List<?> list) {
      items(list, depth);
    } else {
      out.append(number(value));
    }
  }

  private void fields(Map<?, ?> map, int depth) {
    checkDepth(depth);
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("a key must be a text: " + entry.getKey());
      }
      out.append(separator);
      separator = ",";
      newLine(depth + 1);
      text(key);
      out.append(pretty ? ": " : ":");
      value(entry.getValue(), depth + 1);
    }
    if (!map.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void items(List<?> list, int depth) {
    checkDepth(depth);
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      separator = ",";
      newLine(depth + 1);
      value(element, depth + 1);
    }
    if (!list.isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private static void checkDepth(int depth) {
    if (depth >= JsonReader.MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than " + JsonReader.MAX_DEPTH + " deep");
    }
  }

  private void newLine(int depth) {
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  /** A number or boolean in the spelling that JSON and YAML share. */
  static String number(Object value) {
    if (value instanceof Double || value instanceof Float) {
      if (!Double.isFinite(((Number) value).doubleValue())) {
        throw new IllegalArgumentException("not a finite number: " + value);
      }
      return value.toString();
    } else if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof Boolean) {
      return value.toString();
    }
    throw new IllegalArgumentException("cannot be written: " + value.getClass().getName());
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
    if (Texts.hasLoneSurrogate(text)) {
      throw new IllegalArgumentException("a text holds half of a surrogate pair");
    }
  }
}
