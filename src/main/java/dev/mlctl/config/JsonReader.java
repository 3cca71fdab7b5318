package dev.mlctl.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON value into plain Java values, refusing whatever RFC 8259 leaves open. */
final class JsonReader {
  static final int MAX_DEPTH = 100;
  static final int MAX_BYTES = 64 << 20;
  private static final int MAX_DIGITS = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_BYTES)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private final String source;
  private final JsonParser parser;

  /** Half a surrogate pair can only come from an escape: in UTF-8 it is refused before. */
  private final boolean escapes;

  private JsonReader(String source, JsonParser parser, boolean escapes) {
    this.source = source;
    this.parser = parser;
    this.escapes = escapes;
  }

  static Object read(String source, byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw Failure.of(FailureKind.INVALID, "larger than 64 MiB, the limit").at(source);
    }
    // Jackson itself would let overlong forms pass, and guess at UTF-16.
    String text =
        Texts.utf8(
            utf8,
            before ->
                Failure.of(FailureKind.INVALID, "not valid UTF-8")
                    .at(Texts.end(source, before).toString()));
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonReader(source, parser, text.indexOf('\\') >= 0).document();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private Object document() throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw invalid("not valid JSON: it is empty");
      }
      Object value = value();
      if (parser.nextToken() != null) {
        throw invalid("not valid JSON: text after its end");
      }
      return value;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw invalid(location, "not valid JSON: " + plain(e)).causedBy(e);
    }
  }

  private Object value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields();
      case START_ARRAY -> items();
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("unexpected " + parser.currentToken());
    };
  }

  private Map<String, Object> fields() throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      parser.nextToken();
      fields.put(name, value());
    }
    return fields;
  }

  private List<Object> items() throws IOException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return items;
  }

  private String text(String text) {
    if (escapes && Texts.hasLoneSurrogate(text)) {
      throw invalid("not valid JSON: half of a surrogate pair");
    }
    return text;
  }

  private Object whole() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : (Object) parser.getLongValue();
  }

  /** A double, unless it would overflow to infinity or underflow to zero. */
  private Object decimal() throws IOException {
    String text = parser.getText();
    double value = Double.parseDouble(text);
    if (Double.isFinite(value) && (value != 0 || isZero(text))) {
      return value;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw invalid("not valid JSON: a number with too large an exponent").causedBy(e);
    }
  }

  private static boolean isZero(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    String digits = exponent < 0 ? number : number.substring(0, exponent);
    return digits.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  private Failure invalid(String message) {
    return invalid(parser.currentTokenLocation(), message);
  }

  private Failure invalid(JsonLocation location, String message) {
    return Failure.of(FailureKind.INVALID, message)
        .at(source + ":" + location.getLineNr() + ":" + location.getColumnNr());
  }

  /** Jackson's message on one line, without its own notion of the place. */
  private static String plain(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("\\s*\\(start marker at \\[[^\\]]*\\]\\)", "")
        // and without advice to whoever writes a parser
        .replaceAll("\\s*\\(code \\d+[^)]*\\)|: enable `.*|: maybe a \\(non-standard\\).*", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
