package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  /** {@code "a:number b:category -> no yes"}; without an arrow it is a regression. */
  private static Signature signature(String text) {
    String[] sides = text.split(" -> ", -1);
    List<Feature> features =
        Stream.of(sides[0].split(" ", -1))
            .map(f -> f.split(":", -1))
            .map(
                f ->
                    new Feature(
                        f[0],
                        FeatureType.valueOf(f[1].toUpperCase(Locale.ROOT)),
                        List.of(),
                        MissingPolicy.IMPUTE,
                        UnknownPolicy.OTHER))
            .toList();
    return sides.length == 1
        ? new Signature(Task.REGRESSION, "y", features, List.of())
        : new Signature(Task.CLASSIFICATION, "y", features, List.of(sides[1].split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a:number b:category | a:number b:category | ``",
        "a:number b:category | b:category a:number | ``",
        "a:number b:category | a:number | ``",
        "a:number | a:number b:date | feature \"b\" is new, so callers do not send it",
        "a:number b:date | a:category b:number "
            + "| feature \"a\" changes from number to category; "
            + "feature \"b\" changes from date to number",
        "a:number | A:number | feature \"A\" is new, so callers do not send it",
        "a:number | a:number -> no yes | the task changes from regression to classification",
        "a:number -> no yes | a:number | the task changes from classification to regression",
        "a:number -> no yes | a:number -> no yes | ``",
        "a:number -> no yes | a:number -> yes no "
            + "| the classes change from [no, yes] to [yes, no]",
        "a:number -> no yes | b:number -> no yes perhaps "
            + "| the classes change from [no, yes] to [no, yes, perhaps]; "
            + "feature \"b\" is new, so callers do not send it"
      })
  void names_what_would_break_callers(String current, String next, String expected) {
    List<String> found = signature(next).incompatibilities(signature(current));
    assertEquals(expected, String.join("; ", found));
  }

  @Test
  void tells_its_outputs_and_feature_names() {
    assertEquals(1, signature("a:number").outputs());
    assertEquals(3, signature("a:number -> p q r").outputs());
    assertEquals(List.of("b", "a"), signature("b:number a:date").featureNames());
  }
}
