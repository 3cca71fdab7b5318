package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.Compression;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gradient_boosting",
        "random_forest",
        "decision_tree",
        "mlp",
        "ols",
        "logistic_regression"
      })
  void one_seed_gives_the_same_bytes_and_another_gives_others(String algorithm) throws IOException {
    data("data.csv", 400);
    String target = algorithm.equals("logistic_regression") ? "grade" : "y";
    String yaml = Specs.yaml(Path.of("data.csv"), target, "algorithm: " + algorithm);
    String seven = Bundle.digest(train(yaml, "a", "seed=7").bundle().toBytes());
    assertEquals(seven, Bundle.digest(train(yaml, "b", "seed=7").bundle().toBytes()));
    assertEquals(seven, Bundle.digest(RunDirectory.read(folder.resolve("a"))));
    assertNotEquals(seven, Bundle.digest(train(yaml, "c", "seed=8").bundle().toBytes()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZSTD"})
  void compressed_data_train_the_same_model(Compression way) throws IOException {
    data("data.csv", 200);
    Path packed = folder.resolve("packed.csv" + way.extension());
    try (OutputStream out = way.compress(Files.newOutputStream(packed))) {
      Files.copy(folder.resolve("data.csv"), out);
    }
    String more = "algorithm: decision_tree";
    Bundle plain = train(Specs.yaml(Path.of("data.csv"), "y", more), "a").bundle();
    Bundle bundle = train(Specs.yaml(packed.getFileName(), "y", more), "b").bundle();
    assertEquals(plain.golden(), bundle.golden());
    assertEquals(plain.metrics(), bundle.metrics());
    assertEquals(Bundle.digest(Files.readAllBytes(packed)), bundle.provenance().dataDigest());
  }

  @Test
  void leaves_a_run_directory_that_tells_all() throws IOException {
    data("data.csv", 200);
    TrainResult result =
        train(Specs.yaml(Path.of("data.csv"), "y", "params: {trees: 5}"), "runs/1");
    Path run = folder.resolve("runs/1");
    byte[] model = RunDirectory.read(run);
    assertArrayEquals(result.bundle().toBytes(), model);
    assertTrue(Bundle.parse(model).prove() <= 1e-9);
    Map<String, Object> metrics = read(run.resolve("metrics.json"));
    assertEquals("mlctl/v1", metrics.get("apiVersion"));
    assertEquals("test", metrics.get("judged_by"));
    assertTrue(((Number) read(run.resolve("profile.json")).get("rows")).longValue() > 0);
    assertTrue(Files.readString(run.resolve("train.log")).contains("boosting trees"));
    try (Stream<Path> left = Files.list(run.getParent())) {
      assertEquals(List.of(run), left.toList(), "nothing temporary is left");
    }
  }

  @Test
  void its_resolved_configuration_trains_the_same_model() throws IOException {
    data("data.csv", 200);
    TrainResult first = train(Specs.yaml(Path.of("data.csv"), "y", "params: {trees: 5}"), "runs/1");
    String yaml = Files.readString(folder.resolve("runs/1/train.yaml"));
    TrainSpec spec = Specs.parse(yaml, folder.resolve("runs/1"));
    TrainResult again =
        Training.run(spec, folder.resolve("runs/2"), Specs.environment(), Progress.NONE);
    assertEquals(Bundle.digest(first.bundle().toBytes()), Bundle.digest(again.bundle().toBytes()));
  }

  @Test
  void how_the_rows_are_written_makes_no_difference() throws IOException {
    data("data.csv", 200);
    String more = "params: {trees: 5}";
    train(Specs.yaml(Path.of("data.csv"), "y", more), "a");
    String csv = Files.readString(folder.resolve("data.csv"));
    int header = csv.indexOf('\n');
    String rows =
        csv.substring(header + 1)
            .replace("\"blue, dark\"", "blue")
            .replace(",", ";")
            .replace("blue", "'blue, dark'");
    Files.writeString(folder.resolve("other.csv"), "% \"made\" by hand\n" + rows + "%");
    String form =
        ", delimiter: ;, quote: \"'\", comment: \"%\", header: false, columns: ["
            + csv.substring(0, header).replace(",y", ",'y'")
            + "]}}";
    train(Specs.yaml(Path.of("other.csv"), "y", more).replaceFirst("}}", form), "b");
    assertEquals(read(folder.resolve("a/metrics.json")), read(folder.resolve("b/metrics.json")));
    assertEquals(read(folder.resolve("a/profile.json")), read(folder.resolve("b/profile.json")));
  }

  @Test
  void says_what_each_column_is_and_why_it_is_left_out() throws IOException {
    data("data.csv", 200);
    TrainResult result = train(Specs.yaml(Path.of("data.csv"), "y", "params: {trees: 2}"), "r");
    List<String> seen =
        result.columns().stream()
            .map(c -> c.name() + " " + c.type() + " " + c.role() + " " + c.why())
            .map(String::strip)
            .toList();
    assertEquals(
        List.of(
            "id CATEGORY left out no text is there twice, as in an identifier",
            "day DATE left out it is a date and was not named",
            "a NUMBER feature",
            "b NUMBER feature",
            "colour CATEGORY feature",
            "grade CATEGORY feature",
            "y NUMBER target"),
        seen);
    assertEquals(Task.REGRESSION, result.bundle().signature().task());
    assertEquals("1 training rows left out: the target is missing", result.notes().get(0));
  }

  @Test
  void takes_a_date_that_is_named() throws IOException {
    data("data.csv", 200);
    String more = "features: [day, a]\nsplit: {by: day, test: 0.25}\nparams: {trees: 2}";
    TrainResult result = train(Specs.yaml(Path.of("data.csv"), "y", more), "r");
    assertEquals(FeatureType.DATE, result.bundle().signature().features().get(0).type());
    assertEquals(50, result.testRows());
  }

  @Test
  void keeps_the_rows_asked_for() throws IOException {
    data("data.csv", 200);
    String yaml = Specs.yaml(Path.of("data.csv"), "y", "params: {trees: 2}");
    TrainResult result =
        train(yaml.replace("}}", ", where: {grade: [\"low\", \"high\"], b: 1}}}"), "r");
    assertEquals(
        List.of("high", "low"), result.bundle().signature().features().get(3).categories());
    assertTrue(result.bundle().provenance().dataRows() < 100);
  }

  @Test
  void cross_validates() throws IOException {
    data("data.csv", 200);
    String more = "algorithm: logistic_regression\nsplit: {folds: 4}";
    TrainResult result = train(Specs.yaml(Path.of("data.csv"), "grade", more), "r");
    assertEquals(4, result.folds().get("accuracy").values().size());
    assertEquals(result.folds().get("accuracy").mean(), result.bundle().metrics().get("accuracy"));
    assertEquals("folds", result.judgedBy());
    long judged = Stream.of(result.confusion()).mapToLong(r -> r[0] + r[1] + r[2]).sum();
    assertEquals(result.trainRows(), judged);
  }

  @Test
  void fails_at_a_gate_after_the_run_is_written() throws IOException {
    data("data.csv", 200);
    String yaml =
        Specs.yaml(
            Path.of("data.csv"),
            "y",
            "params: {trees: 2}\ngates: [\"r2 >= 1.5\", \"rmse <= current.rmse\"]");
    Failure failure = assertThrows(Failure.class, () -> train(yaml, "r"));
    assertEquals(FailureKind.GATE, failure.kind());
    assertEquals(1, failure.problems().size(), "the other has no current release to compare with");
    assertTrue(failure.getMessage().startsWith("the gate \"r2 >= 1.5\" does not hold: "));
    assertTrue(RunDirectory.read(folder.resolve("r")).length > 0);
  }

  @Test
  void never_writes_over_a_run() throws IOException {
    data("data.csv", 200);
    Files.createDirectory(folder.resolve("r"));
    String yaml = Specs.yaml(Path.of("data.csv"), "y", "");
    Failure failure = assertThrows(Failure.class, () -> train(yaml, "r"));
    assertEquals(FailureKind.CONFLICT, failure.kind());
  }

  @Test
  void what_is_no_run_directory_is_not_found() {
    Failure none = assertThrows(Failure.class, () -> RunDirectory.read(folder.resolve("no")));
    Failure empty = assertThrows(Failure.class, () -> RunDirectory.read(folder));
    assertEquals(FailureKind.NOT_FOUND, none.kind());
    assertEquals(folder + " is no run directory", empty.getMessage());
  }

  static Stream<Map<String, Object>> bad_data() throws IOException {
    return Specs.cases("bad-data.json", "cases");
  }

  @ParameterizedTest
  @MethodSource("bad_data")
  void names_what_is_wrong_with_the_data(Map<String, Object> given) throws IOException {
    if (given.containsKey("csv")) {
      Files.writeString(folder.resolve("data.csv"), (String) given.get("csv"));
    }
    String more = (String) given.getOrDefault("config", "");
    Failure failure =
        assertThrows(Failure.class, () -> train(Specs.yaml(Path.of("data.csv"), "y", more), "r"));
    Problem problem = failure.problems().get(0);
    assertEquals(given.get("kind"), failure.kind().name(), problem.toString());
    assertTrue(problem.message().startsWith((String) given.get("message")), problem.message());
    String at = (String) given.get("at");
    assertEquals(at.isEmpty() ? "" : folder.resolve(at).toString(), problem.at());
    assertTrue(problem.hint().contains((String) given.get("hint")), problem.hint());
    assertFalse(Files.exists(folder.resolve("r")));
  }

  @Test
  void refuses_invalid_utf8() throws IOException {
    Files.write(
        folder.resolve("data.csv"), "a,y\n1,2\n\u00e9,3\n".getBytes(StandardCharsets.ISO_8859_1));
    Failure failure =
        assertThrows(Failure.class, () -> train(Specs.yaml(Path.of("data.csv"), "y", ""), "r"));
    assertEquals("a row cannot be read: invalid UTF-8", failure.getMessage());
  }

  static Stream<Map<String, Object>> inference() throws IOException {
    return Specs.cases("inference.json", "cases");
  }

  @ParameterizedTest
  @MethodSource("inference")
  void infers_what_a_column_holds(Map<String, Object> given) throws IOException {
    StringBuilder csv = new StringBuilder("x,y\n");
    ((List<?>) given.get("values")).forEach(v -> csv.append(v).append(",1\n"));
    Files.writeString(folder.resolve("data.csv"), csv);
    TrainSpec spec = Specs.parse(Specs.yaml(Path.of("data.csv"), "y", ""), folder);
    FeatureType type =
        new TableReader(spec.source(), spec.source().path(), Progress.NONE)
            .scan()
            .columns()
            .get("x")
            .inferred();
    assertEquals(given.get("type"), type == null ? "none" : TrainSpec.lower(type));
  }

  private TrainResult train(String yaml, String run, String... overrides) {
    TrainSpec spec = Specs.parse(yaml, folder, overrides);
    return Training.run(spec, folder.resolve(run), Specs.environment(), Progress.NONE);
  }

  private static Map<String, Object> read(Path file) throws IOException {
    return Json.readObject(file.toString(), Files.readAllBytes(file));
  }

  /** Columns id, day, a, b, colour, grade and y; the last row has no target. */
  private void data(String name, int rows) throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("id,day,a,b,colour,grade,y"));
    String[] colours = {"red", "green", "\"blue, dark\"", ""};
    for (int i = 0; i <= rows; i++) {
      double a = random.nextGaussian();
      int b = random.nextInt(3);
      String colour = colours[random.nextInt(4)];
      double y = 3 * a + b + (colour.equals("red") ? 2 : 0) + 0.1 * random.nextGaussian();
      String grade = y < 0 ? "low" : y < 2 ? "middle" : "high";
      String day = java.time.LocalDate.of(2026, 1, 1).plusDays(i).toString();
      String gap = i % 11 == 0 ? "" : String.valueOf(a);
      lines.add(
          String.join(
              ",",
              "k" + i,
              day,
              gap,
              String.valueOf(b),
              colour,
              grade,
              i == rows ? "" : String.valueOf(y)));
    }
    Files.write(folder.resolve(name), lines);
  }
}
