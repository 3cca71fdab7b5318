package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models as data answer as Smile's own do, on rows with missing and new categories among them. */
class FitTest {
  private static final int TRAIN_ROWS = 3000;
  private static final int TEST_ROWS = 3000;

  @TempDir static Path folder;

  /** Training rows know no weather above 2 and no husbands; test rows have both, and gaps. */
  @BeforeAll
  static void writes_samples() throws IOException {
    List<String> bikes = withGaps(Files.readAllLines(Specs.BIKES), 10);
    write("bikes.csv", bikes, row -> Integer.parseInt(row[9]) < 3, TRAIN_ROWS);
    write("bikes-test.csv", reversed(bikes), row -> true, TEST_ROWS);
    List<String> income = withGaps(Files.readAllLines(Specs.INCOME), 0);
    write("income.csv", income, row -> !row[3].equals("HS-grad"), TRAIN_ROWS);
    write("income-test.csv", Files.readAllLines(Specs.INCOME_TEST), row -> true, TEST_ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "ols, 'method: svd'",
    "ols, 'method: qr'",
    "ridge, 'lambda: 3'",
    "lasso, 'lambda: 200'",
    "elastic_net, 'lambda1: 50, lambda2: 2'",
    "decision_tree, 'max_depth: 12'",
    "random_forest, 'trees: 25'",
    "gradient_boosting, 'trees: 40'",
    "mlp, 'epochs: 3, hidden: [16, 8]'",
    "mlp, 'epochs: 3, hidden: [8], activation: sigmoid'"
  })
  void a_regression_answers_as_smile_does(String algorithm, String params) {
    String more = "task: regression\ncolumns: {weathersit: {type: category}}\nfeatures: ";
    agrees(
        "bikes", "count", more + "[season, hour, weathersit, temp, humidity]", algorithm, params);
  }

  @ParameterizedTest
  @CsvSource({
    "income, logistic_regression, 'lambda: 0.5'",
    "income, decision_tree, 'max_depth: 12'",
    "income, random_forest, 'trees: 25'",
    "income, gradient_boosting, 'trees: 40'",
    "income, mlp, 'epochs: 2, hidden: [16]'",
    "relationship, logistic_regression, 'max_iterations: 50'",
    "relationship, decision_tree, 'split_rule: entropy'",
    "relationship, random_forest, 'trees: 25, subsample: 0.8, max_nodes: 100'",
    "relationship, gradient_boosting, 'trees: 8, max_nodes: 20'",
    "relationship, mlp, 'epochs: 2, hidden: [16], activation: sigmoid'"
  })
  void a_classifier_answers_as_smile_does(String target, String algorithm, String params) {
    agrees("income", target, "task: classification", algorithm, params);
  }

  @ParameterizedTest
  @CsvSource({"ordinal", "one_hot"})
  void either_encoding_serves_either_kind_of_model(String encode) {
    String more = "preprocessing: {category: {encode: " + encode + ", impute: most_frequent}}\n";
    agrees("income", "income", more, "gradient_boosting", "trees: 5");
    agrees("income", "income", more, "logistic_regression", "lambda: 1");
  }

  private static void agrees(
      String sample, String target, String more, String algorithm, String params) {
    String yaml =
        Specs.yaml(Path.of(sample + ".csv"), target, more)
            + "\nalgorithm: "
            + algorithm
            + "\nparams: {"
            + params
            + "}"
            + "\nsplit: {test_path: "
            + sample
            + "-test.csv}\n";
    TrainSpec spec = Specs.parse(yaml, folder);
    Dataset data = Dataset.read(spec, Progress.NONE);
    assertTrue(holds(data.test().features(), FeatureBatch.MISSING), "missing values");
    assertTrue(holds(data.test().features(), FeatureBatch.UNKNOWN), "new categories");
    Fit fit = Fit.of(spec, data.signature(), data.train(), Progress.NONE);
    double difference = Fit.difference(fit.model(), fit.fitted(), data.test());
    assertTrue(difference <= 1e-9, algorithm + " differs by " + difference);
  }

  private static boolean holds(FeatureBatch batch, int code) {
    for (int f = 0; f < batch.features().size(); f++) {
      int[] codes = batch.codes(f);
      double[] numbers = batch.numbers(f);
      if (codes != null && Arrays.stream(codes, 0, batch.rows()).anyMatch(c -> c == code)) {
        return true;
      }
      if (code == FeatureBatch.MISSING && numbers != null && Double.isNaN(numbers[0])) {
        return true;
      }
    }
    return false;
  }

  private interface Keep {
    boolean row(String[] fields);
  }

  private static void write(String name, List<String> lines, Keep keep, int rows)
      throws IOException {
    List<String> kept = new ArrayList<>(List.of(lines.get(0)));
    lines.stream()
        .skip(1)
        .filter(line -> keep.row(line.split(",", -1)))
        .limit(rows)
        .forEach(kept::add);
    Files.write(folder.resolve(name), kept);
  }

  /** Every 17th row loses the value of a column, the last row too. */
  private static List<String> withGaps(List<String> lines, int column) {
    List<String> gappy = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      if (i > 0 && (i % 17 == 0 || i == lines.size() - 1)) {
        fields[column] = "";
      }
      gappy.add(String.join(",", fields));
    }
    return gappy;
  }

  private static List<String> reversed(List<String> lines) {
    List<String> reversed = new ArrayList<>(List.of(lines.get(0)));
    for (int i = lines.size() - 1; i > 0; i--) {
      reversed.add(lines.get(i));
    }
    return reversed;
  }
}
