package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
  private static final Shape TEXTS = Shape.mapOf(Shape.text());
  private static final Shape FILE = Shape.object(Key.optional("texts", TEXTS, ""));

  @Test
  void writes_block_yaml_with_quotes_only_where_needed() {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("path", "in/*.csv");
    source.put("rows", 5L);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", "bikes@prod");
    map.put("version", "012");
    map.put("switch", "on");
    map.put("real", true);
    map.put("small", 1.0E-5);
    map.put("source", source);
    map.put("list", List.of("a b", List.of(1L, List.of()), source, Map.of()));
    map.put("nothing", null);
    assertEquals(
        """
        model: bikes@prod
        version: "012"
        switch: "on"
        real: true
        small: 1.0E-5
        source:
          path: in/*.csv
          rows: 5
        list:
        - a b
        - - 1
          - []
        - path: in/*.csv
          rows: 5
        - {}
        nothing: null
        """,
        YamlWriter.write(map));
    assertEquals("{}\n", YamlWriter.write(Map.of()));
  }

  @Test
  void every_text_reads_back_as_itself_as_key_and_as_value() {
    List<String> texts = new ArrayList<>();
    Resources.text("scalars.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("${"))
        .forEach(line -> texts.add(line.substring(line.indexOf(' ') + 1)));
    texts.addAll(List.of("", " ", "a ", " a", "- a", "? a", "a: b", "a #b", "#", "---", "..."));
    texts.addAll(
        List.of("\n", "a\nb\n", "\r\n", "\t", "\0", "\u0085", "\u2028", "\uFEFF", "\u007F"));
    texts.addAll(List.of("é", "\uD83D\uDE00", "\"", "'", "\\", "a word ".repeat(5000) + "end"));
    texts.add("k".repeat(3000));
    Random random = new Random(1);
    String alphabet = "ab 01.-+:#{}[],&*!|>'\"%@`~?\\\n\t_=<eE/";
    for (int i = 0; i < 2000; i++) {
      texts.add(
          random
              .ints(1 + random.nextInt(6), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .collect(Collectors.joining()));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    texts.forEach(text -> map.put(text, text));
    String yaml = YamlWriter.write(Map.of("texts", map));
    Settings read = ConfigFile.parse("f", yaml, FILE, List.of(), name -> null, Path.of(""));
    assertEquals(Map.of("texts", map), read.toMap());
  }

  @Test
  void refuses_what_yaml_cannot_say() {
    assertRefused(Double.NaN);
    assertRefused(new Object());
    assertRefused("\uD800");
    assertRefused(Map.of(1, 2));
    Object deep = "a";
    for (int i = 0; i < 50; i++) {
      deep = List.of(deep);
    }
    assertRefused(deep);
  }

  private static void assertRefused(Object value) {
    assertThrows(IllegalArgumentException.class, () -> YamlWriter.write(Map.of("a", value)));
  }
}
