package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Map<String, Double> CANDIDATE =
      Map.ofEntries(
          Map.entry("r2", 0.9),
          Map.entry("rmse", 2.0),
          Map.entry("broken", Double.NaN),
          Map.entry("auc[sex=Female]", 0.87),
          Map.entry("auc[sex=Male]", 0.83),
          Map.entry("rmse[season=1,holiday=0]", 3.0),
          Map.entry("rows[education=\"Some-college, 2y\"]", 120.0),
          Map.entry("rows[income=\"<=50K\"]", 130.0),
          Map.entry("rows[\"a \"\"b\"\", c]=\"=\"x=1\"]", 140.0),
          Map.entry("rows[zip=\"01\"]", 150.0),
          Map.entry("rows[job=\"\"]", 160.0));
  private static final Map<String, Double> CURRENT =
      Map.of("r2", 0.8, "rmse", 2.0, "auc[sex=Female]", 0.88, "rmse[season=1,holiday=0]", 4.0);

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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "x=1;1;true",
        "x=1;1.0;true",
        "x=1; +1e0;true",
        "x=1;11;false",
        "x=1;one;false",
        "x=1;``;false",
        "x=1.0;1;true",
        "x=-0;0;true",
        "x=\"1\";1;true",
        "x=\"1\";1.0;false",
        "x=01;1;true",
        "x=\"01\";1;false",
        "x=Female;Female;true",
        "x=Female;female;false",
        "x=Female; Female;false",
        "x=\"\";``;true",
        "x=\"\";0;false",
        "x=NaN;NaN;true",
        "x=NaN;x;false",
      })
  void a_number_is_the_same_however_it_is_written_and_a_text_exact(
      String condition, String field, boolean holds) {
    Gate gate = Gate.parse("rows[" + condition + "] > 0");
    Slice slice = gate.metrics().get(0).slice();
    assertEquals(holds, slice.conditions().get(0).holds(field));
    Gate again = Gate.parse("rows" + slice + " > 0");
    assertEquals(gate.metrics(), again.metrics(), "a slice reads as it is shown");
  }

  @Test
  void tells_what_it_asks_for() {
    Gate gate = Gate.parse("auc[sex=Female] >= 0.98 * (current.auc - current.auc[ sex=Female ])");
    assertEquals(
        List.of("auc[sex=Female] false", "auc true", "auc[sex=Female] true"),
        gate.metrics().stream().map(m -> m.key() + " " + m.ofCurrent()).toList());
    assertTrue(gate.comparesWithCurrent());
    assertTrue(!Gate.parse("auc[of=\"current.\"] > 0").comparesWithCurrent());
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
