package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.model.Metrics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics are those of scikit-learn; metrics.py beside the data made it. */
class MetricsReferenceTest {
  static Stream<Map<String, Object>> regression() throws IOException {
    return Specs.cases("metrics.json", "regression");
  }

  static Stream<Map<String, Object>> classification() throws IOException {
    return Specs.cases("metrics.json", "classification");
  }

  @ParameterizedTest
  @MethodSource("regression")
  void judges_a_regression_as_scikit_learn_does(Map<String, Object> given) {
    same(given, Metrics.regression(doubles(given.get("actual")), doubles(given.get("predicted"))));
  }

  @ParameterizedTest
  @MethodSource("classification")
  void judges_a_classifier_as_scikit_learn_does(Map<String, Object> given) {
    List<?> rows = (List<?>) given.get("probabilities");
    int classes = ((List<?>) rows.get(0)).size();
    double[][] probabilities = new double[classes][rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      double[] row = doubles(rows.get(r));
      for (int k = 0; k < classes; k++) {
        probabilities[k][r] = row[k];
      }
    }
    int[] actual = integers(given.get("actual"));
    int[] predicted = integers(given.get("predicted"));
    same(given, Metrics.classification(actual, predicted, probabilities));
    long[][] confusion =
        ((List<?>) given.get("confusion"))
            .stream()
                .map(row -> ((List<?>) row).stream().mapToLong(v -> (Long) v).toArray())
                .toArray(long[][]::new);
    assertArrayEquals(confusion, Metrics.confusion(actual, predicted, classes));
  }

  private static void same(Map<String, Object> given, Map<String, Double> found) {
    Map<?, ?> expected = (Map<?, ?>) given.get("expected");
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, value) -> assertEquals(((Number) value).doubleValue(), found.get(name), 1e-12));
  }

  private static double[] doubles(Object list) {
    return ((List<?>) list).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }

  private static int[] integers(Object list) {
    return ((List<?>) list).stream().mapToInt(v -> ((Long) v).intValue()).toArray();
  }
}
