package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mlctl plan}: what it refuses as score does, and what it tells where it can. */
class PlanIT {
  private static final int ROWS = 200_000;

  @TempDir Path directory;

  static List<Transcript> runs() throws IOException {
    return Transcript.read("plan.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void ends_as_written_and_writes_nothing(Transcript run) throws IOException {
    run.check(directory);
  }

  /**
   * PlanBenchmark tells how good the figures are; on a machine that does something else meanwhile
   * they can be off by far more than the factor of two that is promised.
   */
  @Test
  void expects_a_time_of_the_size_that_score_then_takes() throws IOException {
    Program program = program();
    Map<?, ?> direct = runners(program, "plan", "score.yaml").get(0);
    long start = System.nanoTime();
    program.run("score", "score.yaml").exits(0);
    double took = (System.nanoTime() - start) / 1e9;
    double expected = ((Number) direct.get("seconds")).doubleValue();
    assertTrue(
        expected < 10 * took && took < 10 * expected,
        "expected " + expected + " s, and it took " + took + " s");
  }

  @Test
  void loads_no_class_of_beam_for_local_files() throws IOException {
    Path log = directory.resolve("classes.log");
    Program program = program().with("MLCTL_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    List<Map<?, ?>> runners = runners(program, "plan", "score.yaml", "--workers", "3");
    assertEquals(List.of(1L, 3L, 3L, 3L), runners.stream().map(r -> r.get("workers")).toList());
    List<String> loaded = Files.readAllLines(log);
    assertTrue(loaded.stream().anyMatch(l -> l.contains("dev.mlctl.score.Planning")));
    assertEquals(List.of(), loaded.stream().filter(l -> l.contains("org.apache.beam.")).toList());
  }

  private Program program() throws IOException {
    Toy.copyTo(directory);
    StringBuilder rows = new StringBuilder("size,color\n");
    for (int row = 0; row < ROWS; row++) {
      rows.append(row % 40).append(row % 3 == 0 ? ",red\n" : ",blue\n");
    }
    Files.writeString(directory.resolve("in.csv"), rows);
    Files.writeString(
        directory.resolve("score.yaml"),
        """
        model: toy@prod
        source: {type: ReadFromCsv, config: {path: in.csv}}
        sink: {type: WriteToCsv, config: {path: out.csv}}
        """);
    return Program.in(directory);
  }

  private static List<Map<?, ?>> runners(Program program, String... plan) {
    String[] command = Arrays.copyOf(plan, plan.length + 2);
    command[plan.length] = "--format";
    command[plan.length + 1] = "json";
    String json = program.run(command).exits(0).out();
    Map<String, Object> map = Json.readObject("plan", json.getBytes(StandardCharsets.UTF_8));
    assertEquals("mlctl/v1", map.get("apiVersion"));
    return ((List<?>) map.get("runners")).stream().<Map<?, ?>>map(r -> (Map<?, ?>) r).toList();
  }
}
