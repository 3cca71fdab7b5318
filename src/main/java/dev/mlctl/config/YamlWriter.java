package dev.mlctl.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Writes block YAML that {@link ConfigFile} reads back as the same values. The same map gives the
 * same bytes: keys in the order given, two spaces of indentation, quotes only where needed.
 */
public final class YamlWriter {
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .stringQuotingChecker(new Quoting())
          .dumperOptions(layout())
          .build();

  private YamlWriter() {}

  private static DumperOptions layout() {
    DumperOptions options = new DumperOptions();
    options.setIndent(2);
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setMaxSimpleKeyLength(120);
    // Not every character may stand in YAML as it is, U+FEFF for one; escaped they all may.
    options.setAllowUnicode(false);
    return options;
  }

  /**
   * The YAML of a map, ending in a line end.
   *
   * @param value holds maps with text keys, lists, texts, booleans, finite numbers and nulls
   * @throws IllegalArgumentException when it holds anything else, or is nested too deeply
   */
  public static String write(Map<String, ?> value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator yaml = YAML.createGenerator(text)) {
      write(value, yaml, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator yaml, int depth) throws IOException {
    if (depth > YamlReader.MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than " + YamlReader.MAX_DEPTH + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      yaml.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          throw new IllegalArgumentException("a key must be a text: " + entry.getKey());
        }
        yaml.writeFieldName(whole(key));
        write(entry.getValue(), yaml, depth + 1);
      }
      yaml.writeEndObject();
    } else if (value instanceof List<?> list) {
      yaml.writeStartArray();
      for (Object element : list) {
        write(element, yaml, depth + 1);
      }
      yaml.writeEndArray();
    } else if (value instanceof String text) {
      yaml.writeString(whole(text));
    } else if (value instanceof Boolean truth) {
      yaml.writeBoolean(truth);
    } else if (value == null) {
      yaml.writeNull();
    } else {
      yaml.writeNumber(JsonWriter.number(value));
    }
  }

  private static String whole(String text) {
    if (Texts.hasLoneSurrogate(text)) {
      throw new IllegalArgumentException("a text holds half of a surrogate pair");
    }
    return text;
  }

  /** Quotes every text that our own strict reader, or YAML 1.1, could take for something else. */
  private static final class Quoting extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    private static final Pattern PLAIN =
        Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@*+=<>-]*( [A-Za-z0-9_./@*+=<>-]+)*");

    /** Longer texts are quoted, which also keeps the pattern's recursion shallow. */
    private static final int LONGEST_PLAIN = 120;

    @Override
    public boolean needToQuoteName(String name) {
      return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return value.length() > LONGEST_PLAIN
          || !PLAIN.matcher(value).matches()
          || ScalarKind.of(value) != ScalarKind.TEXT;
    }
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
