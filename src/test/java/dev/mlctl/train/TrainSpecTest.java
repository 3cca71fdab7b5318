package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.YamlWriter;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainSpecTest {
  private static final String DESIGN =
      """
      # train.yaml
      model: bikes
      task: regression
      source: {type: ReadFromCsv, config: {path: data/bike-sharing-hour.csv}}
      target: count
      features: [season, month, hour, weekday, workingday, weathersit, temp, humidity, windspeed]
      split: {test: 0.2, seed: 42}
      algorithm: gradient_boosting
      params: {trees: 300, max_depth: 6, shrinkage: 0.1}
      gates: ["r2 >= 0.85"]
      """;

  @Test
  void reads_the_file_of_the_design_page_as_it_stands() {
    TrainSpec spec = Specs.parse(DESIGN, Path.of("/work/here"));
    assertEquals(Task.REGRESSION, spec.task());
    assertEquals(Path.of("/work/here/data/bike-sharing-hour.csv"), spec.source().path());
    assertEquals(300L, spec.params().get("trees"));
    assertEquals(0.7, spec.params().get("subsample"), "a default");
    assertEquals(42, spec.seed());
  }

  @Test
  void what_it_writes_it_reads_as_the_same() {
    TrainSpec spec = Specs.parse(DESIGN, Path.of("/work/here"));
    String written = YamlWriter.write(spec.toMap(Path.of("/work/runs/1")));
    assertTrue(written.contains("../../here/data/bike-sharing-hour.csv"), written);
    assertEquals(spec, Specs.parse(written, Path.of("/work/runs/1")));
  }

  @Test
  void how_the_data_is_written_is_kept_with_the_rest() {
    String yaml =
        Specs.yaml(Path.of("d.csv"), "y", "")
            .replace(
                "}}",
                ", delimiter: ;, quote: '', comment: '#', header: false, columns: [x, 'y'],"
                    + " null_values: NA}}");
    TrainSpec spec = Specs.parse(yaml, Path.of("/w"));
    assertEquals(new CsvOptions(';', CsvOptions.NONE, '#', List.of("x", "y")), spec.source().csv());
    assertEquals(spec, Specs.parse(YamlWriter.write(spec.toMap(Path.of("/w"))), Path.of("/w")));
  }

  @Test
  void every_algorithm_writes_what_it_reads() {
    for (String algorithm : Algorithm.keys()) {
      String yaml = Specs.yaml(Path.of("d.csv"), "y", "algorithm: " + algorithm);
      TrainSpec spec = Specs.parse(yaml, Path.of("/w"));
      assertEquals(
          spec, Specs.parse(YamlWriter.write(spec.toMap(Path.of("/w"))), Path.of("/w")), algorithm);
    }
  }

  static Stream<Map<String, Object>> bad_specs() throws IOException {
    return Specs.cases("bad-spec.json", "cases");
  }

  @ParameterizedTest
  @MethodSource("bad_specs")
  void names_the_fault_and_its_place(Map<String, Object> given) {
    String yaml = Specs.yaml(Path.of("d.csv"), "y", (String) given.get("yaml"));
    if (given.containsKey("delimiter")) {
      yaml = yaml.replace("}}", ", delimiter: \"" + given.get("delimiter") + "\"}}");
    }
    String text = yaml;
    Failure failure =
        assertThrows(Failure.class, () -> Specs.parse(text, Path.of("/w")), given.toString());
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(1, failure.problems().size(), failure.problems().toString());
    Problem problem = failure.problems().get(0);
    assertEquals(given.get("message"), problem.message());
    assertEquals(given.get("at"), problem.at());
    assertTrue(problem.hint().contains((String) given.get("hint")), problem.hint());
  }

  @Test
  void names_a_simple_model_after_its_file() {
    TrainSpec spec = TrainSpec.simple(Path.of("in/My Data (1).csv"), "y", null, null, null);
    assertEquals("my-data-1", spec.model());
    assertNull(spec.task());
    assertEquals(Algorithm.GRADIENT_BOOSTING, spec.algorithm());
    assertEquals(List.of(), spec.features());
  }

  @Test
  void refuses_a_simple_model_without_a_name() {
    Failure failure =
        assertThrows(
            Failure.class, () -> TrainSpec.simple(Path.of("().csv"), "y", null, null, null));
    assertEquals("\"\" cannot name a model", failure.getMessage());
  }
}
