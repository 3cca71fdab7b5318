package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("source", "sink", "dead_letter", "max_depth", "ReadFromCsv", "id");

  @ParameterizedTest
  @CsvSource({
    "sourse, source",
    "surce, source",
    "soruce, source",
    "SOURCE, source",
    "dead-letter, dead_letter",
    "deadletter, dead_letter",
    "maxdepth, max_depth",
    "readfromcvs, ReadFromCsv",
    "snk, sink",
    "zebra, ''",
    "x, ''",
    "di, ''",
    "'', ''"
  })
  void finds_the_name_that_was_meant(String given, String meant) {
    assertEquals(meant, Nearest.name(given, KNOWN).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"1000", "100000"})
  void passes_over_names_nobody_types(int length) {
    assertEquals("", Nearest.name("s".repeat(length), KNOWN).orElse(""));
  }
}
