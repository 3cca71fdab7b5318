package dev.mlctl.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Writes block YAML that {@link ConfigFile} reads back as the same values. The same map gives the
 * same bytes: keys in the order given, two spaces of indentation, quotes only where needed.
 */
public final class YamlWriter {
  /** What is never mistaken for anything else, however it stands in a document. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@*+=<>-]*( [A-Za-z0-9_./@*+=<>-]+)*");

  /** YAML's limit for a key written without {@code ?}, less what quoting may add (section 7.4). */
  private static final int LONGEST_SIMPLE_KEY = 100;

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /**
   * The YAML of a map, ending in a line end.
   *
   * @param value holds maps with text keys, lists, texts, booleans, finite numbers and nulls
   * @throws IllegalArgumentException for anything else
   */
  public static String write(Map<String, ?> value) {
    YamlWriter writer = new YamlWriter();
    if (value.isEmpty()) {
      return "{}\n";
    }
    writer.fields(value, 0);
    return writer.out.toString();
  }

  /** Writes a map whose first line is already indented. */
  private void fields(Map<?, ?> map, int indent) {
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("a key must be a text: " + entry.getKey());
      }
      if (key.length() > LONGEST_SIMPLE_KEY) {
        out.append("? ").append(text(key)).append('\n');
        indent(indent);
      } else {
        out.append(text(key));
      }
      out.append(':');
      fieldValue(entry.getValue(), indent);
    }
  }

  private void fieldValue(Object value, int indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      indent(indent + 1);
      fields(map, indent + 1);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      out.append('\n');
      indent(indent + 1);
      items(list, indent + 1);
    } else {
      out.append(' ').append(scalar(value)).append('\n');
    }
  }

  /** Writes a list whose first line is already indented. */
  private void items(List<?> list, int indent) {
    boolean first = true;
    for (Object element : list) {
      if (!first) {
        indent(indent);
      }
      first = false;
      out.append("- ");
      if (element instanceof Map<?, ?> map && !map.isEmpty()) {
        fields(map, indent + 1);
      } else if (element instanceof List<?> inner && !inner.isEmpty()) {
        items(inner, indent + 1);
      } else {
        out.append(scalar(element)).append('\n');
      }
    }
  }

  private void indent(int levels) {
    out.append("  ".repeat(levels));
  }

  private static String scalar(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Map) {
      return "{}";
    } else if (value instanceof List) {
      return "[]";
    }
    return JsonWriter.number(value);
  }

  private static String text(String text) {
    boolean plain = PLAIN.matcher(text).matches() && ScalarKind.of(text) == ScalarKind.TEXT;
    return plain ? text : quoted(text);
  }

  /** A double-quoted YAML scalar on one line (specification 1.2.2, section 7.3.1). */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(code -> escape(code, quoted));
    return quoted.append('"').toString();
  }

  private static void escape(int code, StringBuilder to) {
    switch (code) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case 0x85, 0x2028, 0x2029, 0xFEFF -> to.append(String.format("\\u%04X", code));
      default -> {
        if (StreamReader.isPrintable(code)) {
          to.appendCodePoint(code);
        } else {
          to.append(String.format("\\u%04X", code));
        }
      }
    }
  }
}
