package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class GateTest {
  private static final Map<String, Double> CANDIDATE =
      Map.of("r2", 0.9, "rmse", 2.0, "broken", Double.NaN);
  private static final Map<String, Double> CURRENT = Map.of("r2", 0.8, "rmse", 2.0);

  @ParameterizedTest
  @CsvFileSource(
      resources = "gates.csv",
      delimiter = ';',
      numLinesToSkip = 1,
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false)
  void judges_as_the_table_says(String text, String expected) {
    String gate = text == null ? "" : text;
    String actual;
    try {
      GateResult result = Gate.parse(gate).evaluate(CANDIDATE, CURRENT);
      assertEquals(gate, result.text());
      assertEquals("", result.note());
      actual = result.outcome() + " " + result.left() + " " + result.right();
    } catch (Failure e) {
      assertEquals(FailureKind.USAGE, e.kind());
      assertTrue(!e.problems().get(0).hint().isEmpty());
      actual = e.getMessage();
    }
    assertEquals(expected, actual);
  }

  @Test
  void is_skipped_when_it_asks_for_a_current_release_and_there_is_none() {
    GateResult result = Gate.parse("rmse <= current.rmse").evaluate(CANDIDATE, null);
    assertEquals(GateResult.Outcome.SKIPPED, result.outcome());
    assertEquals("there is no current release", result.note());
    assertTrue(Double.isNaN(result.left()) && Double.isNaN(result.right()));
    GateResult plain = Gate.parse("rmse <= 2").evaluate(CANDIDATE, null);
    assertEquals(GateResult.Outcome.PASSED, plain.outcome());
  }

  @Test
  void length_and_depth_are_bounded() {
    for (String deep : new String[] {"(".repeat(60) + "1", "-".repeat(900) + "1 > 0"}) {
      Failure failure = assertThrows(Failure.class, () -> Gate.parse(deep));
      assertTrue(failure.getMessage().endsWith("it is nested too deeply"));
    }
    Failure failure = assertThrows(Failure.class, () -> Gate.parse("1 > " + "0".repeat(1000)));
    assertTrue(failure.getMessage().endsWith("it is longer than 1000 characters"));
    Gate.parse("1" + " + 1".repeat(240) + " > 0");
  }

  @Test
  void shows_itself_as_written() {
    assertEquals("r2  >= 1", Gate.parse("r2  >= 1").text());
    assertEquals("r2  >= 1", Gate.parse("r2  >= 1").toString());
  }
}
