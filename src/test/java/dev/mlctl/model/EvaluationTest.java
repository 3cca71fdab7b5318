package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Feature;
import dev.mlctl.data.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final String FEW =
      """
      x,z,sex,label
      1,1,f,yes
      -1,1,f,no
      2,1,m,yes
      ,1,m,
      x,1,m,yes
      3,z,m,no
      1,1,m,maybe
      1,1,m
      """;

  /** slices_reference.py made the rows and the metrics of two models on slices of them. */
  @ParameterizedTest
  @ValueSource(strings = {"regression", "classification"})
  void agrees_with_scikit_learn_on_every_slice(String task) throws IOException {
    Map<String, Object> reference;
    try (InputStream in = EvaluationTest.class.getResourceAsStream("slices.json")) {
      reference = Json.readObject("slices.json", in.readAllBytes());
    }
    Map<?, ?> expected = (Map<?, ?>) reference.get(task);
    List<Model> models = new ArrayList<>();
    List<Gate.Metric> wanted = new ArrayList<>(wanted("auc > 0"));
    expected.forEach(
        (slope, slices) -> {
          models.add(model(task, Double.parseDouble((String) slope), "x"));
          ((Map<?, ?>) slices).keySet().forEach(s -> wanted.addAll(wanted("rows" + s + " > 0")));
        });
    Evaluation evaluation = new Evaluation(models, wanted);
    read((String) reference.get("csv"), evaluation);
    assertEquals(400, evaluation.rows());
    int model = 0;
    for (Object slices : expected.values()) {
      Map<String, Double> metrics = evaluation.metrics(model++);
      ((Map<?, ?>) slices)
          .forEach(
              (slice, values) ->
                  ((Map<?, ?>) values)
                      .forEach((name, value) -> assertClose(value, metrics, "" + name + slice)));
    }
  }

  private static void assertClose(Object expected, Map<String, Double> metrics, String key) {
    assertTrue(metrics.containsKey(key), () -> key + " is not among " + metrics.keySet());
    assertEquals(((Number) expected).doubleValue(), metrics.get(key), 1e-12, key);
  }

  @Test
  void what_does_not_fit_and_what_has_no_label_is_left_out_and_counted() throws IOException {
    Evaluation evaluation =
        new Evaluation(List.of(model("classification", 1, "x")), wanted("auc[sex=m] > 0"));
    read(FEW, evaluation);
    assertEquals(4, evaluation.rows());
    assertEquals(1, evaluation.unlabelled());
    assertEquals(3, evaluation.unfit());
    assertEquals(6, evaluation.firstUnfit().orElseThrow().line());
    assertEquals(2, evaluation.rows(evaluation.slices().get(1)));
  }

  @Test
  void a_row_counts_for_all_models_or_for_none() throws IOException {
    Evaluation evaluation =
        new Evaluation(
            List.of(model("classification", 1, "x"), model("classification", 1, "x", "z")),
            wanted("rows > 0"));
    read(FEW, evaluation);
    assertEquals(3, evaluation.rows());
    assertEquals(4, evaluation.unfit());
    assertEquals(1, evaluation.metrics(0).get("accuracy"));
    assertEquals(1 / 3.0, evaluation.metrics(1).get("accuracy"), 1e-12);
  }

  @Test
  void a_metric_that_is_not_defined_or_not_wanted_is_left_out() throws IOException {
    Model model = model("classification", 1, "x");
    Evaluation oneClass = new Evaluation(List.of(model), wanted("auc[x=1] > 0"));
    read("x,label\n1,yes\n2,no\n", oneClass);
    assertEquals(1, oneClass.metrics(0).get("auc") + oneClass.metrics(0).get("rows[x=1]"));
    assertFalse(oneClass.metrics(0).containsKey("auc[x=1]"));
    Evaluation noRow = new Evaluation(List.of(model), wanted("accuracy[x=7] > 0"));
    read("x,label\n1,yes\n2,no\n", noRow);
    assertEquals(0, noRow.metrics(0).get("rows[x=7]"));
    assertFalse(noRow.metrics(0).containsKey("accuracy[x=7]"));
    assertFalse(noRow.metrics(0).containsKey("auc"), "scores are kept only where AUC is wanted");
    assertEquals(List.of("accuracy", "log_loss", "auc", "f1", "rows"), noRow.names(0));
  }

  private static List<Gate.Metric> wanted(String gate) {
    return Gate.parse(gate).metrics();
  }

  private static void read(String csv, Evaluation evaluation) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    try (CsvReader reader =
        CsvReader.file(
            new ByteArrayInputStream(bytes), CsvOptions.DEFAULT, "rows", evaluation.columns())) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        evaluation.add(batch);
      }
    }
  }

  /** The slope times the first feature minus three times the others, logistic for classes. */
  private static Model model(String task, double slope, String... features) {
    boolean classes = task.equals("classification");
    double[] weights = new double[features.length];
    Arrays.fill(weights, -3);
    weights[0] = slope;
    return new Model(
        new Signature(
            classes ? Task.CLASSIFICATION : Task.REGRESSION,
            classes ? "label" : "count",
            Arrays.stream(features).map(Feature::number).toList(),
            classes ? List.of("no", "yes") : List.of()),
        new Preprocessor(Arrays.stream(features).<Step>map(f -> Scaling.none(0)).toList()),
        new Linear(
            new double[][] {weights}, new double[] {0}, classes ? Link.LOGISTIC : Link.IDENTITY));
  }
}
