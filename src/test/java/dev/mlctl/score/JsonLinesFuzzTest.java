package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mlctl.data.Streams.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random JSON lines, sound and damaged: read whole and in parts they give the rows, fields, lines
 * and rejects that Jackson's parser gives, line by line.
 */
final class JsonLinesFuzzTest {
  private static final int CASES = 20_000;
  private static final int DEEPEST = 64;
  private static final Pattern BLANK = Pattern.compile("[ \t]*\r?");
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final List<String> NAMES = List.of("a", "b", "é", "", "a b", "\\u0061", "x\\n");
  private static final List<String> WANTED = List.of("b", "a", "x\n", "é");
  private static final String[] VALUES = {
    "0",
    "-0",
    "1.50",
    "12e3",
    "-7E-2",
    "123456789012345678901234567890",
    "null",
    "true",
    "false",
    "\"\"",
    "\"x\"",
    "\"é€😀\"",
    "\"\\u00e9\\n\\\"\\\\\\/\"",
    "\"\\ud83d\\ude00\"",
    "\"null\"",
    "[]",
    "{}",
    "[1, null,\"]\"]",
    "{\"a\":{\"b\" :[{}]}}",
    "\"\\ud83d\"",
    "\"}\""
  };

  private int rows;
  private int rejected;

  @Test
  void reads_what_another_library_reads() throws Exception {
    Fuzz.run(CASES, this::check);
    if (Long.getLong("mlctl.fuzz.seed") == null) {
      String counts = rows + " " + rejected;
      assertTrue(rows > 2 * CASES && rejected > rows / 10 && rejected < rows / 2, counts);
    }
  }

  private void check(Random random) throws IOException {
    byte[] sound = file(random);
    byte[] file =
        random.nextInt(3) == 0
            ? sound
            : Fuzz.damaged(sound, "{}[]:,\"\\ \n\r\t0123456789.eE+-tfnul/\0\u00FF\u00C3", random);
    Supplier<String> shown = () -> Fuzz.shown(file);
    List<Row> expected = expected(file);
    rows += expected.size();
    rejected += (int) expected.stream().filter(row -> !row.reason().isEmpty()).count();
    Parts parts = new Parts(file, null, WANTED, "f.jsonl");
    assertEquals(expected, shortened(parts.read(Long.MAX_VALUE)), shown);
    int size = 1 + random.nextInt(file.length + 1);
    assertEquals(
        expected, shortened(parts.read(size)), () -> "in parts of " + size + ": " + shown.get());
    assertEquals(0, parts.repaired, "every line feed ends a record");
  }

  private static byte[] file(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "\uFEFF" : "");
    int lines = random.nextInt(8);
    for (int line = 0; line < lines; line++) {
      object(random, text);
      boolean last = line + 1 == lines;
      text.append(last && random.nextBoolean() ? "" : lineEnd(random));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String lineEnd(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "\r\n";
      case 1 -> "\n\n";
      case 2 -> " \n \t\r\n";
      default -> "\n";
    };
  }

  private static void object(Random random, StringBuilder text) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    text.append(space(random)).append('{');
    int members = random.nextInt(6);
    for (int m = 0; m < members; m++) {
      text.append(m == 0 ? "" : ",").append(space(random));
      text.append('"').append(names.get(m)).append('"').append(space(random)).append(':');
      text.append(space(random)).append(VALUES[random.nextInt(VALUES.length)]);
      text.append(space(random));
    }
    if (random.nextInt(200) == 0) {
      int depth = DEEPEST - 3 + random.nextInt(6);
      text.append(members == 0 ? "" : ",").append("\"deep\":");
      text.append("[".repeat(depth)).append("]".repeat(depth));
    }
    text.append('}').append(space(random));
  }

  private static String space(Random random) {
    return random.nextInt(6) == 0 ? " \t".substring(random.nextInt(2)) : "";
  }

  /** What must be read; of a reason only what every library would say. */
  private static List<Row> expected(byte[] file) throws IOException {
    List<Row> expected = new ArrayList<>();
    int start = 0;
    for (int line = 1; start < file.length; line++) {
      int end = start;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      byte[] bytes = Arrays.copyOfRange(file, start, end);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (line == 1 && text.startsWith("\u00EF\u00BB\u00BF")) {
        text = text.substring(3);
      }
      if (!BLANK.matcher(text).matches()) {
        expected.add(row(line, text.getBytes(StandardCharsets.ISO_8859_1)));
      }
      start = end + 1;
    }
    return expected;
  }

  private static Row row(int line, byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
      return new Row(line, List.of(), "invalid UTF-8");
    }
    List<List<String>> found = new ArrayList<>();
    WANTED.forEach(name -> found.add(new ArrayList<>()));
    if (!parses(text, found)) {
      return new Row(line, List.of(), "not a JSON object");
    } else if (found.stream().anyMatch(values -> values.size() > 1)) {
      return new Row(line, List.of(), "a member is there twice");
    }
    return new Row(line, found.stream().map(v -> v.isEmpty() ? "" : v.get(0)).toList(), "");
  }

  /** Whether a line is one object; the values of its wanted members as texts. */
  private static boolean parses(String text, List<List<String>> found) throws IOException {
    try (JsonParser parser = JACKSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      JsonToken token = parser.nextToken();
      for (; token != JsonToken.END_OBJECT; token = parser.nextToken()) {
        if (token == null) {
          return false;
        }
        int wanted = WANTED.indexOf(parser.currentName());
        if (token.isStructStart()) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          int skipped = skip(parser, 2);
          if (skipped < 0) {
            return false;
          }
          if (wanted >= 0) {
            int end = (int) parser.currentLocation().getCharOffset();
            found.get(wanted).add(text.substring(start, end));
          }
        } else if (token.isScalarValue() && wanted >= 0) {
          found.get(wanted).add(token == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
      }
      return parser.nextToken() == null;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return false;
    }
  }

  /** Passes over a nested value; −1 when it is nested too deeply or goes on for ever. */
  private static int skip(JsonParser parser, int from) throws IOException {
    int depth = from;
    int deepest = from;
    while (depth >= from) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return -1;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest > DEEPEST ? -1 : deepest;
  }

  private static List<Row> shortened(List<Row> rows) {
    return rows.stream()
        .map(row -> new Row(row.line(), row.fields(), row.reason().split(":", 2)[0]))
        .toList();
  }
}
