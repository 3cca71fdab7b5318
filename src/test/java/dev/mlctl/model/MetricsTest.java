package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
  /** Answers and their metrics as scikit-learn computes them; metrics_reference.py made them. */
  private static Stream<Map<?, ?>> reference(String kind) throws IOException {
    try (InputStream in = MetricsTest.class.getResourceAsStream("metrics.json")) {
      assertNotNull(in);
      Map<String, Object> all = Json.readObject("metrics.json", in.readAllBytes());
      return ((List<?>) all.get(kind)).stream().map(c -> (Map<?, ?>) c);
    }
  }

  static Stream<Map<?, ?>> regressions() throws IOException {
    return reference("regression");
  }

  static Stream<Map<?, ?>> classifications() throws IOException {
    return reference("classification");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("regressions")
  void regression_agrees_with_scikit_learn(Map<?, ?> expected) {
    Map<String, Double> metrics =
        Metrics.regression(reals(expected.get("actual")), reals(expected.get("predicted")));
    assertEquals(List.of("rmse", "mae", "r2"), List.copyOf(metrics.keySet()));
    metrics.forEach((name, value) -> assertEquals(real(expected.get(name)), value, 1e-12, name));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("classifications")
  void classification_agrees_with_scikit_learn(Map<?, ?> expected) {
    double[][] probabilities =
        ((List<?>) expected.get("probabilities"))
            .stream().map(MetricsTest::reals).toArray(double[][]::new);
    Map<String, Double> metrics =
        Metrics.classification(
            wholes(expected.get("actual")), wholes(expected.get("predicted")), probabilities);
    assertEquals(List.of("accuracy", "log_loss", "auc", "f1"), List.copyOf(metrics.keySet()));
    metrics.forEach((name, value) -> assertEquals(real(expected.get(name)), value, 1e-9, name));
  }

  @Test
  void auc_is_the_share_of_pairs_in_order_with_ties_as_halves() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int rows = 2 + random.nextInt(30);
      int[] actual = random.ints(rows, 0, 2).toArray();
      actual[0] = 0;
      actual[1] = 1;
      double[] p = random.ints(rows, 0, 5).mapToDouble(v -> v / 4.0).toArray();
      double pairs = 0;
      double inOrder = 0;
      for (int a = 0; a < rows; a++) {
        for (int b = 0; b < rows; b++) {
          if (actual[a] == 0 && actual[b] == 1) {
            pairs++;
            inOrder += p[a] < p[b] ? 1 : p[a] == p[b] ? 0.5 : 0;
          }
        }
      }
      double auc = Metrics.classification(actual, actual, new double[][] {p, p}).get("auc");
      assertEquals(inOrder / pairs, auc, 1e-12);
    }
  }

  @Test
  void auc_is_left_out_where_it_is_not_defined() {
    double[][] p = {{0.5, 0.4}, {0.5, 0.6}};
    assertTrue(!Metrics.classification(new int[] {1, 1}, new int[] {1, 1}, p).containsKey("auc"));
    p[1][0] = Double.NaN;
    assertTrue(!Metrics.classification(new int[] {0, 1}, new int[] {1, 1}, p).containsKey("auc"));
  }

  @Test
  void a_class_that_does_not_occur_is_left_out_of_the_mean_auc() {
    double[][] p = {{0.9, 0.1}, {0.1, 0.9}, {0, 0}};
    assertEquals(1, Metrics.classification(new int[] {0, 1}, new int[] {0, 1}, p).get("auc"));
  }

  @Test
  void a_certain_and_wrong_answer_has_a_finite_log_loss() {
    double[][] p = {{1, 0}, {0, 1}};
    Map<String, Double> metrics = Metrics.classification(new int[] {1, 1}, new int[] {0, 1}, p);
    assertEquals(-Math.log(1e-15) / 2, metrics.get("log_loss"), 1e-12);
  }

  @Test
  void f1_is_zero_where_nothing_was_found() {
    double[][] p = {{1, 1}, {0, 0}};
    assertEquals(0, Metrics.classification(new int[] {0, 0}, new int[] {0, 0}, p).get("f1"));
  }

  @Test
  void r2_is_zero_where_all_actual_values_are_equal() {
    assertEquals(0, Metrics.regression(new double[] {3, 3}, new double[] {3, 4}).get("r2"));
  }

  @Test
  void confusion_counts_actual_by_predicted() {
    long[][] counts = Metrics.confusion(new int[] {0, 0, 1, 2}, new int[] {0, 1, 1, 0}, 3);
    assertArrayEquals(new long[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 0}}, counts);
  }

  @Test
  void errors_and_losses_are_better_when_small() {
    assertEquals(
        List.of("r2", "accuracy", "auc", "f1"),
        Metrics.NAMES.stream().filter(Metrics::greaterIsBetter).toList());
  }

  private static double real(Object number) {
    return ((Number) number).doubleValue();
  }

  private static double[] reals(Object list) {
    return ((List<?>) list).stream().mapToDouble(MetricsTest::real).toArray();
  }

  private static int[] wholes(Object list) {
    return ((List<?>) list).stream().mapToInt(n -> ((Number) n).intValue()).toArray();
  }
}
