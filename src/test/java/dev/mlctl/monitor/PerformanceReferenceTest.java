package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.config.Json;
import dev.mlctl.data.Feature;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Performance is what scikit-learn says it is; performance.py beside the data made it. */
class PerformanceReferenceTest {
  /** Of numeric derivatives. */
  private static final double OF_ERRORS = 1e-7;

  @SuppressWarnings("unchecked") // the file is the test's own
  private static Stream<Map<String, Object>> cases(String list) throws IOException {
    try (InputStream in = PerformanceReferenceTest.class.getResourceAsStream("performance.json")) {
      Map<String, Object> file = Json.readObject("performance.json", in.readAllBytes());
      return ((List<Map<String, Object>>) file.get(list)).stream();
    }
  }

  static Stream<Map<String, Object>> labelled() throws IOException {
    return Stream.concat(cases("regression"), cases("classification"));
  }

  static Stream<Map<String, Object>> classification() throws IOException {
    return cases("classification");
  }

  static Stream<Map<String, Object>> isotonic() throws IOException {
    return cases("isotonic");
  }

  static Stream<Map<String, Object>> expected() throws IOException {
    return cases("expected");
  }

  @ParameterizedTest
  @MethodSource("labelled")
  void metrics_and_their_standard_errors(Map<String, Object> given) {
    Answers answers = answers(given);
    Map<String, Estimate> found = StandardErrors.of(answers, answers.all());
    Map<?, ?> metrics = (Map<?, ?>) given.get("metrics");
    assertEquals(metrics.keySet(), found.keySet());
    metrics.forEach(
        (name, one) -> {
          Map<?, ?> expected = (Map<?, ?>) one;
          assertEquals(number(expected.get("value")), found.get(name).value(), 1e-9);
          assertEquals(number(expected.get("error")), found.get(name).error(), OF_ERRORS);
        });
  }

  @ParameterizedTest
  @MethodSource("classification")
  void calibration_brier_score_and_confusion(Map<String, Object> given) {
    Answers answers = answers(given);
    LabelledCalibration found = LabelledCalibration.of(answers);
    assertEquals(number(given.get("brier")), found.brier(), 1e-9);
    List<?> curves = (List<?>) given.get("curves");
    assertEquals(curves.size(), found.curves().size());
    for (int c = 0; c < curves.size(); c++) {
      Map<?, ?> expected = (Map<?, ?>) curves.get(c);
      List<Reliability.Bin> bins = found.curves().get(c).bins();
      assertArrayEquals(
          doubles(expected.get("mean")),
          bins.stream().mapToDouble(Reliability.Bin::mean).toArray(),
          1e-9);
      assertArrayEquals(
          doubles(expected.get("observed")),
          bins.stream().mapToDouble(Reliability.Bin::observed).toArray(),
          1e-9);
      assertArrayEquals(
          longs(expected.get("rows")), bins.stream().mapToLong(Reliability.Bin::rows).toArray());
      assertEquals(number(expected.get("error")), found.curves().get(c).error(), 1e-9);
    }
    List<?> confusion = (List<?>) given.get("confusion");
    for (int k = 0; k < confusion.size(); k++) {
      assertArrayEquals(longs(confusion.get(k)), answers.confusion()[k]);
    }
  }

  @ParameterizedTest
  @MethodSource("isotonic")
  void isotonic_regression(Map<String, Object> given) {
    Isotonic found = Isotonic.fit(longs(given.get("hits")), longs(given.get("rows")));
    double[] atPoints =
        LongStream.of(longs(given.get("points")))
            .mapToDouble(p -> found.values()[(int) p])
            .toArray();
    assertArrayEquals(doubles(given.get("fitted")), atPoints, 1e-9);
    for (int b = 1; b < found.values().length; b++) {
      assertEquals(
          found.values()[b - 1],
          Math.min(found.values()[b - 1], found.values()[b]),
          "empty points do not decrease, either");
    }
  }

  @ParameterizedTest
  @MethodSource("expected")
  void metrics_expected_of_bins(Map<String, Object> given) {
    long[] rows = longs(given.get("rows"));
    List<?> above = (List<?>) given.get("above");
    boolean[] isAbove = new boolean[rows.length];
    long predicted = 0;
    for (int b = 0; b < rows.length; b++) {
      isAbove[b] = (Boolean) above.get(b);
      predicted += isAbove[b] ? rows[b] : 0;
    }
    Map<String, Double> found =
        ExpectedMetrics.of(
            List.of(
                new ExpectedMetrics.Bins(
                    rows, doubles(given.get("share")), isAbove, predicted, 0.5)));
    Map<?, ?> metrics = (Map<?, ?>) given.get("metrics");
    assertEquals(metrics.keySet(), found.keySet());
    metrics.forEach((name, value) -> assertEquals(number(value), found.get(name), 1e-9));
  }

  private static Answers answers(Map<String, Object> given) {
    double[] actual = doubles(given.get("actual"));
    double[] predicted = doubles(given.get("predicted"));
    List<?> probabilities = (List<?>) given.getOrDefault("probabilities", List.of());
    int classes = probabilities.isEmpty() ? 0 : doubles(probabilities.get(0)).length;
    Signature signature =
        new Signature(
            classes == 0 ? Task.REGRESSION : Task.CLASSIFICATION,
            "truth",
            List.of(Feature.number("x")),
            IntStream.range(0, classes).mapToObj(k -> "c" + k).toList());
    Answers answers = new Answers(signature, classes > 0, 0, 0, Integer.MAX_VALUE);
    for (int r = 0; r < actual.length; r++) {
      double[] row = new double[2 + classes];
      row[0] = actual[r];
      row[1] = predicted[r];
      for (int k = 0; k < classes; k++) {
        row[2 + k] = doubles(probabilities.get(r))[k];
      }
      answers.add(row, new int[0]);
    }
    return answers;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double[] doubles(Object list) {
    return ((List<?>) list).stream().mapToDouble(PerformanceReferenceTest::number).toArray();
  }

  private static long[] longs(Object list) {
    return ((List<?>) list).stream().mapToLong(v -> ((Number) v).longValue()).toArray();
  }
}
