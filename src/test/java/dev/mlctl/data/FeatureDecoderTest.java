package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureDecoderTest {
  private static final Feature NUMBER = Feature.number("x");
  private static final Feature COLOUR = Feature.category("x", List.of("red", "grün", "NA", "1"));

  /** A batch decoded, with the reasons of its rejected rows. */
  private record Decoded(FeatureBatch features, List<String> reasons) {
    double[] numbers() {
      return Arrays.copyOf(features.numbers(0), features.rows());
    }

    int[] codes() {
      return Arrays.copyOf(features.codes(0), features.rows());
    }
  }

  private static Decoded decode(BatchReader reader, Set<String> nulls, Feature... features)
      throws IOException {
    RowBatch rows = reader.next();
    int[] columns = IntStream.range(0, features.length).toArray();
    FeatureBatch into = new FeatureBatch(List.of(features), rows.capacity());
    new FeatureDecoder(List.of(features), columns, nulls).decode(rows, into);
    List<String> reasons = new ArrayList<>();
    for (int r = 0; r < rows.rows(); r++) {
      reasons.add(rows.isRejected(r) ? rows.failedRow(r).reason() : "");
    }
    return new Decoded(into, reasons);
  }

  /** One column x, one value a row; a second column keeps empty values from being blank lines. */
  private static Decoded csv(Feature feature, Set<String> nulls, String... values)
      throws IOException {
    String text = "x,y\n" + String.join(",\n", values) + ",\n";
    return decode(
        CsvReader.file(Streams.of(text), CsvOptions.DEFAULT, "f.csv", List.of("x")),
        nulls,
        feature);
  }

  private static Decoded json(Feature feature, Set<String> nulls, String... values)
      throws IOException {
    String text = "{\"x\":" + String.join("}\n{\"x\":", values) + "}\n{}";
    return decode(
        JsonLinesReader.of(Streams.of(text), "f.jsonl", List.of("x"), TextRange.ALL),
        nulls,
        feature);
  }

  private static Feature strict(Feature f) {
    return new Feature(
        f.name(), f.type(), f.categories(), MissingPolicy.REJECT, UnknownPolicy.REJECT);
  }

  @Test
  void numbers_from_csv() throws IOException {
    Decoded d = csv(NUMBER, Set.of("NA"), "1", "-2.5", "\"3\"", " 4 ", "", "\"\"", "NA", "\"NA\"");
    assertArrayEquals(
        new double[] {1, -2.5, 3, 4, Double.NaN, Double.NaN, Double.NaN, Double.NaN}, d.numbers());
    assertTrue(d.reasons().stream().allMatch(String::isEmpty), d.reasons().toString());
  }

  @Test
  void a_number_that_is_none_rejects_its_row_and_no_other() throws IOException {
    Decoded d = csv(NUMBER, Set.of(), "1", "abc", "NaN", "1e400", "\"1,5\"", "x".repeat(50), "2");
    assertEquals(
        List.of(
            "",
            "x: \"abc\" is not a finite number",
            "x: \"NaN\" is not a finite number",
            "x: \"1e400\" is not a finite number",
            "x: \"1,5\" is not a finite number",
            "x: \"" + "x".repeat(40) + "…\" is not a finite number",
            ""),
        d.reasons());
    assertEquals(2, d.numbers()[6]);
  }

  @Test
  void a_missing_number_rejects_its_row_where_the_feature_says_so() throws IOException {
    Decoded d = csv(strict(NUMBER), Set.of("?"), "1", "", "?");
    assertEquals(List.of("", "x is missing", "x is missing"), d.reasons());
  }

  @Test
  void a_null_value_may_look_like_a_number() throws IOException {
    Decoded d = csv(NUMBER, Set.of("-999", "0"), "-999", "\"-999\"", "-999.0", "0", "00", "1");
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, -999, Double.NaN, 0, 1}, d.numbers());
    assertTrue(d.reasons().stream().allMatch(String::isEmpty), d.reasons().toString());
  }

  @Test
  void numbers_from_json_are_not_texts() throws IOException {
    Decoded d =
        json(
            NUMBER,
            Set.of("NA", "-9"),
            "1.5e1",
            "null",
            "\"\"",
            "\"NA\"",
            "-9",
            "\"5\"",
            "true",
            "[1]",
            "1e400");
    assertArrayEquals(
        new double[] {15, Double.NaN, Double.NaN, Double.NaN, Double.NaN},
        Arrays.copyOf(d.numbers(), 5));
    assertEquals(
        List.of(
            "",
            "",
            "",
            "",
            "",
            "x: \"5\" is text, not a number",
            "x: \"true\" is not a finite number",
            "x: \"[1]\" is not a finite number",
            "x: \"1e400\" is not a finite number",
            ""),
        d.reasons());
    assertTrue(Double.isNaN(d.numbers()[9]), "an absent member is missing");
  }

  @Test
  void categories_from_csv() throws IOException {
    Decoded d = csv(COLOUR, Set.of(), "red", "grün", "\"red\"", "", "blue", "\"blue\"", "NA", "re");
    assertArrayEquals(new int[] {0, 1, 0, -1, -2, -2, 2, -2}, d.codes());
    assertEquals(Map.of("blue", 2L, "re", 1L), d.features().newCategories(0));
  }

  @Test
  void categories_from_json() throws IOException {
    Decoded d = json(COLOUR, Set.of(), "\"red\"", "\"gr\\u00fcn\"", "null", "1", "\"1\"", "true");
    assertArrayEquals(new int[] {0, 1, -1, 3, 3, -2, -1}, d.codes());
    assertEquals(Map.of("true", 1L), d.features().newCategories(0));
  }

  @Test
  void a_null_value_is_missing_even_where_training_saw_it_as_a_category() throws IOException {
    assertArrayEquals(
        new int[] {-1, -1, 0}, csv(COLOUR, Set.of("NA"), "NA", "\"NA\"", "red").codes());
  }

  @Test
  void an_unknown_or_missing_category_rejects_its_row_where_the_feature_says_so()
      throws IOException {
    Decoded d = csv(strict(COLOUR), Set.of(), "red", "blue", "");
    assertEquals(
        List.of("", "x: \"blue\" was never seen in training", "x is missing"), d.reasons());
    assertEquals(Map.of(), d.features().newCategories(0));
  }

  @Test
  void new_categories_of_rejected_rows_are_not_named() throws IOException {
    CsvReader reader =
        CsvReader.file(
            Streams.of("x,n\nblue,1\npink,oops\nblue,2\nlime,1,1\n"),
            CsvOptions.DEFAULT,
            "f.csv",
            null);
    Decoded d = decode(reader, Set.of(), COLOUR, Feature.number("n"));
    assertEquals(Map.of("blue", 2L), d.features().newCategories(0));
  }

  @Test
  void the_most_frequent_new_categories_are_named_however_late_they_come() throws IOException {
    String[] values =
        IntStream.range(0, 200)
            .mapToObj(i -> i < 50 ? "new" + i : i % 2 == 0 ? "late" : "new" + i % 10)
            .toArray(String[]::new);
    Map<String, Long> named = csv(COLOUR, Set.of(), values).features().newCategories(0);
    assertTrue(named.size() <= 20);
    assertTrue(named.get("late") <= 75 && named.get("late") >= 75 - 200 / 20, named.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "2012-02-29, 15399",
    "1969-12-31, -1",
    "2011-01-01T06:00, 14975.25",
    "2011-01-01 18:00:00, 14975.75",
    "1970-01-02T00:00:43.200, 1.0005"
  })
  void dates_are_days_since_1970(String text, double days) throws IOException {
    Feature date =
        new Feature("x", FeatureType.DATE, List.of(), MissingPolicy.IMPUTE, UnknownPolicy.OTHER);
    assertEquals(days, csv(date, Set.of(), text).numbers()[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2011-02-29", "01/02/2011", "20110101", "2011-1-1", "today", "2011-01-01T25:00"})
  void what_is_no_iso_date_rejects_its_row(String text) throws IOException {
    Feature date =
        new Feature("x", FeatureType.DATE, List.of(), MissingPolicy.IMPUTE, UnknownPolicy.OTHER);
    assertEquals(
        List.of("x: \"" + text + "\" is not an ISO date"), csv(date, Set.of(), text).reasons());
    assertEquals(List.of(""), csv(date, Set.of(text), text).reasons());
    assertEquals(List.of("x is missing"), csv(strict(date), Set.of(), "").reasons());
  }

  @Test
  void a_feature_has_no_category_twice() {
    assertThrows(
        IllegalArgumentException.class, () -> Feature.category("x", List.of("a", "b", "a")));
  }

  @Test
  void finds_each_of_many_categories() throws IOException {
    List<String> many = IntStream.range(0, 3000).mapToObj(i -> "cat" + i * 7).toList();
    String[] values = many.toArray(String[]::new);
    assertArrayEquals(
        IntStream.range(0, 3000).toArray(),
        csv(Feature.category("x", many), Set.of(), values).codes());
  }
}
