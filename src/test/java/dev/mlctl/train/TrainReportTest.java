package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.page.Xhtml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class TrainReportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "gradient_boosting, y, rmse",
    "gradient_boosting, two, log_loss",
    "gradient_boosting, three, log_loss",
    "random_forest, y, rmse",
    "random_forest, three, log_loss"
  })
  void the_learning_curve_is_that_of_models_with_fewer_trees(
      String algorithm, String target, String metric) throws IOException {
    data(300);
    Map<?, ?> curve =
        (Map<?, ?>) train(algorithm, target, 25, "a").diagnosis().get("learning_curve");
    TrainResult fewer = train(algorithm, target, 7, "b");
    assertEquals(metric, curve.get("metric"));
    List<?> trees = (List<?>) curve.get("trees");
    int at = trees.indexOf(7);
    assertEquals(25, trees.size());
    double seen = (Double) ((List<?>) curve.get("train")).get(at);
    double unseen = (Double) ((List<?>) curve.get("test")).get(at);
    assertEquals(fewer.train().get(metric), seen, 1e-9);
    assertEquals(fewer.test().get(metric), unseen, 1e-9);
  }

  @Test
  void the_roc_curve_has_the_area_that_is_called_auc() throws IOException {
    data(600);
    TrainResult result = train("decision_tree", "two", 0, "a");
    Map<?, ?> roc = (Map<?, ?>) ((List<?>) result.diagnosis().get("roc")).get(0);
    List<?> x = (List<?>) roc.get("false_positive_rate");
    List<?> y = (List<?>) roc.get("true_positive_rate");
    assertTrue(x.size() <= 202);
    assertEquals(List.of(0.0, 1.0), List.of(x.get(0), x.get(x.size() - 1)));
    assertEquals(List.of(0.0, 1.0), List.of(y.get(0), y.get(y.size() - 1)));
    double area = 0;
    for (int i = 1; i < x.size(); i++) {
      double width = (Double) x.get(i) - (Double) x.get(i - 1);
      area += width * ((Double) y.get(i) + (Double) y.get(i - 1)) / 2;
    }
    assertEquals(result.test().get("auc"), area, 0.005);
  }

  @Test
  void bins_with_few_rows_are_joined_and_none_is_lost() {
    int rows = 65;
    double[][] outputs = new double[2][rows];
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      outputs[1][r] = r < 30 ? 0.05 : r < 35 ? 0.55 : r < 60 ? 0.95 : 1;
      outputs[0][r] = 1 - outputs[1][r];
      labels[r] = r % 5 == 0 || r >= 30 ? 1 : 0;
    }
    Judged judged = new Judged("test", new Examples(null, null, labels), outputs, new long[2][2]);
    var curve = ClassCurves.calibration(List.of("no", "yes"), judged).get(0);
    assertArrayEquals(new long[] {30, 35}, curve.weights());
    assertArrayEquals(new double[] {0.05, (5 * 0.55 + 25 * 0.95 + 5) / 35}, curve.x(), 1e-12);
    assertArrayEquals(new double[] {0.2, 1}, curve.y(), 1e-12);
  }

  @Test
  void shows_names_as_they_are_and_is_the_same_twice() throws IOException {
    data(120);
    train("decision_tree", "three", 0, "a");
    train("decision_tree", "three", 0, "b/c");
    String html = Files.readString(folder.resolve("a/report.html"));
    assertEquals(html, Files.readString(folder.resolve("b/c/report.html")));
    assertFalse(html.contains(folder.toString()));
    Document page = Xhtml.parse(html);
    List<String> heads = new ArrayList<>();
    NodeList all = page.getElementsByTagName("th");
    for (int i = 0; i < all.getLength(); i++) {
      heads.add(all.item(i).getTextContent());
    }
    assertTrue(heads.containsAll(List.of("<b>bold</b> & \"b\"", "درجة", "low & \"mean\"")));
    for (String id :
        List.of("look-at", "metrics", "errors", "model", "data", "settings", "origin")) {
      assertTrue(html.contains("<h2 id=\"" + id + "\">"), id);
    }
    byte[] json = Files.readAllBytes(folder.resolve("a/metrics.json"));
    Map<String, Object> metrics = Json.readObject("metrics.json", json);
    assertEquals("report.html", metrics.get("report"));
    assertEquals(3, ((List<?>) metrics.get("calibration")).size());
  }

  @Test
  void folds_are_judged_by_models_that_did_not_see_them() throws IOException {
    data(200);
    String more = "algorithm: decision_tree\nsplit: {folds: 4}";
    TrainResult result = run(more, "two", "a");
    List<?> curves = (List<?>) result.diagnosis().get("calibration");
    long rows =
        ((List<?>) ((Map<?, ?>) curves.get(0)).get("rows")).stream().mapToLong(n -> (Long) n).sum();
    assertEquals(result.trainRows(), rows);
    assertTrue(Files.readString(folder.resolve("a/report.html")).contains("rows of the folds"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y     | features: [leak, noise]              | leak alone makes up",
        "y     | features: [noise]                    | It predicts no better than the mean",
        "y     | features: [gaps, درجة]               | gaps is missing in 50.8 % of the training rows",
        "y     | features: [noise, leak, one]         | one has the same value in every",
        "y     | 'gates: [\"r2 >= 2\"]'               | The gate r2 &gt;= 2 does not hold",
        "y     | 'split: {test: 0}'                   | No rows were held out",
        "two   | features: [noise]                    | Much better on the rows it was fitted on",
        "rare  | features: [noise, leak]              | The classes are uneven: yes is",
        "rare  | features: [noise]                    | Of the rows of class yes only 0 %",
        "two   | 'split: {test: 0.1}'                 | Few rows held out: with 30 of them",
      })
  void says_what_to_look_at(String target, String more, String remark) throws IOException {
    data(300);
    String yaml = more + "\nalgorithm: gradient_boosting\nparams: {trees: 20}";
    if (more.contains("gates")) {
      assertThrows(Failure.class, () -> run(yaml, target, "a"));
    } else {
      run(yaml, target, "a");
    }
    String html = Files.readString(folder.resolve("a/report.html"));
    int from = html.indexOf("<h2 id=\"look-at\">");
    String section = html.substring(from, html.indexOf("</section>", from));
    assertTrue(section.contains(remark), section);
  }

  private TrainResult train(String algorithm, String target, int trees, String run) {
    String params = trees == 0 ? "" : "\nparams: {trees: " + trees + "}";
    return run("algorithm: " + algorithm + params, target, run);
  }

  private TrainResult run(String more, String target, String run) {
    TrainSpec spec = Specs.parse(Specs.yaml(Path.of("data.csv"), target, more), folder);
    return Training.run(spec, folder.resolve(run), Specs.environment(), Progress.NONE);
  }

  /** Numbers and classes that depend on the first columns, and names that pages fear. */
  private void data(int rows) throws IOException {
    Random random = new Random(9);
    List<String> lines = new ArrayList<>();
    lines.add("\"<b>bold</b> & \"\"b\"\"\",درجة,leak,noise,gaps,one,y,two,three,rare");
    for (int i = 0; i < rows; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double y = 2 * a + b + random.nextGaussian() / 2;
      String three = y < -1 ? "<low>" : y < 1 ? "\"low & \"\"mean\"\"\"" : "high";
      double leak = y + random.nextGaussian() / 50;
      String gap = i % 2 == 0 ? "" : String.valueOf(i);
      String two = y + random.nextGaussian() > 0 ? "yes" : "no";
      lines.add(
          "%s,%s,%s,%s,%s,1,%s,%s,%s,%s"
              .formatted(
                  a,
                  b,
                  leak,
                  random.nextGaussian(),
                  gap,
                  y,
                  two,
                  three,
                  i % 30 == 0 ? "yes" : "no"));
    }
    Files.write(folder.resolve("data.csv"), lines);
  }
}
