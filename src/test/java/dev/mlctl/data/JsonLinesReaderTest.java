package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mlctl.config.Json;
import dev.mlctl.data.Streams.Row;
import dev.mlctl.error.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesReaderTest {
  private static final JsonFactory JACKSON = new JsonFactory();

  private static Stream<String> lines(String kind) throws IOException {
    try (InputStream in = JsonLinesReaderTest.class.getResourceAsStream("json-lines.json")) {
      assertNotNull(in);
      Map<String, Object> all = Json.readObject("json-lines.json", in.readAllBytes());
      return ((List<?>) all.get(kind)).stream().map(String.class::cast);
    }
  }

  static Stream<String> valid() throws IOException {
    return lines("valid");
  }

  static Stream<String> invalid() throws IOException {
    return lines("invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void accepts(String line) throws IOException {
    assertTrue(jacksonAccepts(line.getBytes(StandardCharsets.UTF_8)), "the line is a bad example");
    assertEquals("", only(line).reason());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void rejects(String line) throws IOException {
    assertEquals(false, jacksonAccepts(line.getBytes(StandardCharsets.UTF_8)), "a bad example");
    assertTrue(only(line).reason().startsWith("not a JSON object"), only(line).reason());
  }

  @Test
  void judges_damaged_lines_as_another_json_library_does() throws IOException {
    Random random = new Random(5);
    List<String> seeds = valid().toList();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Boolean> expected = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      byte[] line = damaged(seeds.get(random.nextInt(seeds.size())), random);
      expected.add(jacksonAccepts(line) && Utf8.isValid(line, 0, line.length));
      file.writeBytes(line);
      file.write('\n');
    }
    Boolean[] read = new Boolean[expected.size()];
    Arrays.fill(read, false);
    InputStream in = new ByteArrayInputStream(file.toByteArray());
    for (Row row : Streams.rows(JsonLinesReader.of(in, "f.jsonl", List.of(), TextRange.ALL))) {
      read[(int) row.line() - 1] = row.reason().isEmpty();
    }
    assertArrayEquals(expected.toArray(), read);
    long accepted = expected.stream().filter(e -> e).count();
    assertTrue(accepted > 5_000 && accepted < 55_000, "both outcomes happen: " + accepted);
  }

  /** One to three bytes changed, left out or put in. */
  private static byte[] damaged(String seed, Random random) {
    String interesting = "{}[]:,\"\\ 0123456789.eE+-tfnul/\t";
    StringBuilder line = new StringBuilder(seed);
    for (int i = 1 + random.nextInt(3); i > 0 && line.length() > 0; i--) {
      int at = random.nextInt(line.length());
      char c = interesting.charAt(random.nextInt(interesting.length()));
      switch (random.nextInt(3)) {
        case 0 -> line.setCharAt(at, c);
        case 1 -> line.deleteCharAt(at);
        default -> line.insert(at, c);
      }
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean jacksonAccepts(byte[] line) throws IOException {
    try (JsonParser parser = JACKSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void keeps_the_wanted_members_in_their_order() throws IOException {
    assertEquals(
        List.of("2", "x", ""),
        only("{\"a\":\"x\",\"z\":[1,{\"b\":9}],\"b\":2}", "b", "a", "c").fields());
  }

  @Test
  void a_member_that_is_null_is_an_empty_field() throws IOException {
    assertEquals(List.of("", "null"), only("{\"a\":null,\"b\":\"null\"}", "a", "b").fields());
  }

  @Test
  void undoes_escapes_in_names_and_texts() throws IOException {
    assertEquals(
        List.of("\"\\/\b\f\n\r\té\uD83D\uDE00"),
        only("{\"\\u006eame\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\"}", "name")
            .fields());
  }

  @Test
  void a_name_with_a_backslash_is_not_its_own_escape() throws IOException {
    assertEquals(List.of("", "1"), only("{\"a\\nb\":1}", "a\\nb", "a\nb").fields());
    assertEquals(List.of("1", ""), only("{\"a\\\\nb\":1}", "a\\nb", "a\nb").fields());
  }

  @Test
  void rejects_a_wanted_member_that_is_there_twice() throws IOException {
    for (String line :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":null,\"a\":1}",
            "{\"a\":1,\"a\":null}",
            "{\"a\":1,\"\\u0061\":2}")) {
      assertEquals("a member is there twice", only(line, "b", "a").reason(), line);
      assertEquals("", only(line, "b").reason(), line);
    }
  }

  @Test
  void passes_nested_values_on_as_they_are_written() throws IOException {
    assertEquals(List.of("[1, {\"b\":\"}\"}]"), only("{\"a\": [1, {\"b\":\"}\"}] }", "a").fields());
  }

  @Test
  void rejects_nesting_deeper_than_64_levels() throws IOException {
    String fits = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
    assertEquals("", only(fits).reason());
    assertEquals(
        "not a JSON object: nested too deeply at byte 69 of the line", only(deep).reason());
    assertTrue(only("{\"a\":" + "[".repeat(1_000_000)).reason().contains("nested too deeply"));
  }

  @Test
  void counts_lines_and_passes_over_blank_ones() throws IOException {
    String text = "\uFEFF{\"a\":1}\r\n\n \t\r\n{\"a\":\n{\"a\":2}\n\uFEFF{\"a\":3}\n{\"a\":4}";
    List<Row> rows =
        Streams.rows(JsonLinesReader.of(Streams.of(text), "f.jsonl", List.of("a"), TextRange.ALL));
    assertEquals(
        List.of(
            new Row(1, List.of("1"), ""),
            new Row(4, List.of(), "not a JSON object: expected a value at byte 6 of the line"),
            new Row(5, List.of("2"), ""),
            new Row(6, List.of(), "not a JSON object"),
            new Row(7, List.of("4"), "")),
        rows);
  }

  @Test
  void reads_rows_across_the_edges_of_its_buffer() throws IOException {
    StringBuilder text = new StringBuilder();
    int rows = 100_000;
    for (int i = 0; i < rows; i++) {
      text.append("{\"n\":").append(i).append(",\"t\":\"").append("t".repeat(i % 19));
      text.append("\"}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    InputStream in = Streams.dribbling(bytes, 70_000, new Random(1));
    List<Row> read =
        Streams.rows(JsonLinesReader.of(in, "f.jsonl", List.of("t", "n"), TextRange.fromLine(11)));
    assertEquals(rows, read.size());
    for (int i = 0; i < rows; i++) {
      assertEquals(new Row(11 + i, List.of("t".repeat(i % 19), "" + i), ""), read.get(i));
    }
  }

  @Test
  void refuses_a_line_longer_than_16_mib() {
    String text = "{}\n{\"a\":\"" + "x".repeat(17 << 20);
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                Streams.rows(
                    JsonLinesReader.of(Streams.of(text), "f.jsonl", List.of(), TextRange.ALL)));
    assertEquals("f.jsonl:2", failure.problems().get(0).at());
  }

  @Test
  void names_the_members_of_the_first_object() throws IOException {
    assertEquals(
        List.of("b", "a\n", "c"),
        JsonLinesReader.members(
            Streams.of("\n{\"b\":1,\"a\\n\":{\"x\":1},\"c\":null}\n{\"d\":1}")));
    assertEquals(List.of(), JsonLinesReader.members(Streams.of("\n")));
    assertEquals(List.of(), JsonLinesReader.members(Streams.of("{\"a\"}")));
  }

  private static Row only(String line, String... wanted) throws IOException {
    List<Row> rows =
        Streams.rows(
            JsonLinesReader.of(Streams.of(line), "f.jsonl", List.of(wanted), TextRange.ALL));
    assertEquals(1, rows.size());
    return rows.get(0);
  }
}
