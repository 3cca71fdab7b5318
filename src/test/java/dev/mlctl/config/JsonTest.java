package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
  static Stream<String> badTexts() {
    return Resources.text("bad-json.txt").lines().filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void refuses_what_is_not_json_and_says_where(String line) {
    String[] parts = line.split(" => ", 2);
    Failure failure = assertThrows(Failure.class, () -> read(parts[0]));
    assertEquals(FailureKind.INVALID, failure.kind());
    String said = failure.problems().get(0).at() + " " + failure.getMessage();
    assertTrue(said.startsWith("f.json:" + parts[1]), said);
  }

  @Test
  void reads_every_kind_of_value() {
    assertEquals(
        Arrays.asList(null, true, false, "a\u00E9\n\uD83D\uDE00", 0L, -0.0, 1.5, Long.MIN_VALUE),
        read("[null,true,false,\"a\u00E9\\n\\uD83D\\uDE00\",-0,-0.0,15e-1,-9223372036854775808]"));
    assertEquals(
        List.of(new BigInteger("9223372036854775808"), new BigDecimal("1e400")),
        read("[9223372036854775808,1e400]"));
    assertEquals(List.of(new BigDecimal("1e-400"), 0.0), read("[1e-400,0e-400]"));
    Map<String, Object> map =
        Json.readObject("f", "\n{\"b\":{},\"a\":[]} ".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("b", "a"), List.copyOf(map.keySet()));
    assertSame(LinkedHashMap.class, map.get("b").getClass());
    assertSame(ArrayList.class, map.get("a").getClass());
  }

  @Test
  void what_was_written_reads_back_and_writes_the_same_again() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", Arrays.asList(1L, null, 0.1, -1.0E-300, true, "\"\\\u0001/\u2028\t", List.of()));
    map.put("a", Map.of("\u00E9", Map.of()));
    String text = Json.write(map);
    assertEquals(
        "{\"z\":[1,null,0.1,-1.0E-300,true,\"\\\"\\\\\\u0001/\u2028\\t\",[]],\"a\":{\"\u00E9\":{}}}",
        text);
    assertEquals(map, read(text));
    assertEquals(text, Json.write(read(text)));
    assertEquals(map, read(Json.pretty(map)));
  }

  @Test
  void pretty_indents_by_two_spaces() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", List.of(1, 2));
    map.put("b", Map.of());
    assertEquals("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n", Json.pretty(map));
  }

  @Test
  void refuses_to_write_what_cannot_be_read_back() {
    for (Object value :
        new Object[] {
          Double.NaN, Float.POSITIVE_INFINITY, "\uDC00", Map.of(1, 2), new Object(), nested(101)
        }) {
      assertThrows(IllegalArgumentException.class, () -> Json.write(value), value.toString());
    }
    assertEquals(nested(100), read(Json.write(nested(100))));
  }

  @Test
  void refuses_too_much_depth_and_size() {
    Failure deep = assertThrows(Failure.class, () -> read("[".repeat(101) + "]".repeat(101)));
    assertEquals(FailureKind.INVALID, deep.kind());
    Failure large = assertThrows(Failure.class, () -> Json.read("f", new byte[(64 << 20) + 1]));
    assertEquals("larger than 64 MiB, the limit", large.getMessage());
  }

  @Test
  void refuses_invalid_utf8_and_tells_where() {
    byte[] overlong = {'[', '\n', '"', (byte) 0xC0, (byte) 0x80, '"', ']'};
    Failure failure = assertThrows(Failure.class, () -> Json.read("f", overlong));
    assertEquals("not valid UTF-8", failure.getMessage());
    assertEquals("f:2:2", failure.problems().get(0).at());
    byte[] utf16 = "[1]".getBytes(StandardCharsets.UTF_16LE);
    assertThrows(Failure.class, () -> Json.read("f", utf16));
    assertEquals(List.of("\uFFFD"), read("[\"\uFFFD\"]"));
  }

  @Test
  void an_object_is_asked_for_and_nothing_else_is_taken() {
    byte[] list = "[]".getBytes(StandardCharsets.UTF_8);
    Failure failure = assertThrows(Failure.class, () -> Json.readObject("f", list));
    assertEquals("expected a JSON object", failure.getMessage());
    assertThrows(Failure.class, () -> read(""));
    assertThrows(Failure.class, () -> read(" \n"));
  }

  private static Object nested(int levels) {
    List<Object> value = new ArrayList<>();
    for (int i = 1; i < levels; i++) {
      value = new ArrayList<>(List.of(value));
    }
    return value;
  }

  private static Object read(String text) {
    return Json.read("f.json", text.getBytes(StandardCharsets.UTF_8));
  }
}
