package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  @ParameterizedTest
  @ValueSource(strings = {"bikes@prod", "bikes@prod#7", "a.b_c-1@x#999999999999"})
  void reads_references_to_releases(String text) {
    assertInstanceOf(Reference.Release.class, Reference.parse(text));
    assertEquals(text, Reference.parse(text).toString());
  }

  @Test
  void what_ends_in_mlb_or_is_a_file_is_a_bundle(@TempDir Path folder) throws IOException {
    assertInstanceOf(Reference.BundleFile.class, Reference.parse("no/such.mlb"));
    assertInstanceOf(Reference.BundleFile.class, Reference.parse("odd@name.mlb"));
    Path file = Files.writeString(folder.resolve("bundle"), "x");
    assertInstanceOf(Reference.BundleFile.class, Reference.parse(file.toString()));
  }

  /** The cases are in references.csv. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "references.csv",
      delimiter = '|',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void says_what_is_wrong_and_what_was_meant(String text, String message, String hint) {
    Failure failure = assertThrows(Failure.class, () -> Reference.parse(text));
    Problem problem = failure.problems().get(0);
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(message, problem.message());
    assertEquals(hint, problem.hint());
  }

  @Test
  void a_target_is_a_model_in_an_environment_and_nothing_else() {
    assertEquals("bikes@prod", Reference.parseTarget("bikes@prod").toString());
    Failure numbered = assertThrows(Failure.class, () -> Reference.parseTarget("bikes@prod#7"));
    assertEquals("leave out the release: bikes@prod", numbered.problems().get(0).hint());
    assertThrows(Failure.class, () -> Reference.parseTarget("bikes.mlb"));
  }
}
