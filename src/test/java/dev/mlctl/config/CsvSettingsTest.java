package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSettingsTest {
  private static final Shape SOURCE = Shape.object(CsvSettings.sourceKeys().toArray(Key[]::new));
  private static final Shape SINK = Shape.object(CsvSettings.sinkKeys().toArray(Key[]::new));

  private final List<Problem> problems = new ArrayList<>();

  private static Settings parse(Shape shape, String yaml) {
    return ConfigFile.parse("f.yaml", yaml, shape, List.of(), name -> null, Path.of(""));
  }

  @Test
  void nothing_given_means_rfc_4180_with_a_header() {
    CsvSettings source = CsvSettings.source(parse(SOURCE, "{}"), problems);
    assertEquals(new CsvSettings(',', '"', CsvSettings.NONE, List.of()), source);
    assertEquals(source, CsvSettings.sink(parse(SINK, "{}"), problems));
    assertEquals(List.of(), problems);
  }

  @Test
  void everything_can_be_given() {
    String yaml = "{delimiter: \"\\t\", quote: '', header: false, columns: [b, a], comment: '#'}";
    assertEquals(
        new CsvSettings('\t', CsvSettings.NONE, '#', List.of("b", "a")),
        CsvSettings.source(parse(SOURCE, yaml), problems));
    assertEquals(
        new CsvSettings(';', '\'', CsvSettings.NONE, List.of()),
        CsvSettings.sink(parse(SINK, "{delimiter: ;, quote: \"'\"}"), problems));
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delimiter: ''                 | \"\" cannot be the delimiter at f.yaml:1:2",
        "delimiter: ab                 | \"ab\" cannot be the delimiter at f.yaml:1:2",
        "delimiter: é                  | \"é\" cannot be the delimiter at f.yaml:1:2",
        "delimiter: \"\\n\"            | \"\\n\" cannot be the delimiter at f.yaml:1:2",
        "quote: ab                     | \"ab\" cannot be the quote at f.yaml:1:2",
        "comment: \"\\r\"              | \"\\r\" cannot be the comment at f.yaml:1:2",
        "delimiter: '\"'               | the delimiter and the quote are both \"\\\"\" at f.yaml:1:1",
        "comment: ','              | the delimiter and the comment are both \",\" at f.yaml:1:2",
        "comment: '\"'                 | the quote and the comment are both \"\\\"\" at f.yaml:1:2",
        "columns: [a]                  | the header names the columns already at f.yaml:1:2",
        "header: false | a file without a header needs the names of its columns at f.yaml:1:2",
        "header: false, columns: [a,a] | column \"a\" is there twice at f.yaml:1:17"
      })
  void what_cannot_be_is_told_with_its_place(String yaml, String problem) {
    CsvSettings.source(parse(SOURCE, "{" + yaml + "}"), problems);
    assertEquals(
        List.of(problem), problems.stream().map(p -> p.message() + " at " + p.at()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"delimiter: '.'", "delimiter: '5'", "delimiter: E", "quote: '-'", "quote: ''"})
  void no_character_of_a_number_comes_between_fields_and_a_sink_needs_a_quote(String yaml) {
    CsvSettings.sink(parse(SINK, "{" + yaml + "}"), problems);
    assertEquals(1, problems.size(), problems.toString());
    CsvSettings.source(parse(SOURCE, "{" + yaml + "}"), problems);
    assertEquals(yaml.equals("quote: ''") ? 1 : 2, problems.size(), problems.toString());
  }
}
