package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.servers.FlinkCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on real clusters whose workers die, that fail, that are cancelled or left alone. */
final class EngineJobsIT {
  private static final int FILES = 40;
  private static final int ROWS = 25_000;

  /** Of a job: Flink gives work to a TaskManager that is gone until it is missed. */
  private static final int RESTARTS = 20;

  private static final int INTERRUPTED = 130;

  @TempDir private static Path directory;
  private static EngineRun runs;
  private static EngineRun.Output expected;

  @BeforeAll
  static void prepare() throws IOException {
    runs = new EngineRun(directory);
    EngineInputs inputs = new EngineInputs(directory);
    inputs.many(FILES, ROWS);
    inputs.slow();
    expected = runs.score(Engines.DIRECT, "many");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    runs.checkNothingIsLeft();
  }

  // --- Workers that die --------------------------------------------------------------------------

  @Test
  void a_task_manager_that_is_killed_changes_nothing(@TempDir Path files) throws Exception {
    try (FlinkCluster flink = FlinkCluster.start(files, 2, RESTARTS)) {
      Program.Result result =
          same(
              () -> {
                flink.killTaskManager(0);
                flink.startTaskManager();
              },
              "--runner=flink",
              "--flink-master=" + flink.address());
      Matcher job = Pattern.compile("(?m)^job ([0-9a-f]{32}),").matcher(result.err());
      assertTrue(job.find(), result::toString);
      assertTrue(flink.failures(job.group(1)) > 0, "the job never noticed");
    }
  }

  @Test
  void an_executor_that_is_killed_changes_nothing() throws Exception {
    same(() -> Engines.spark().killExecutor(), Engines.SPARK_CLUSTER.with());
  }

  private interface Kill {
    void run() throws IOException;
  }

  private static Program.Result same(Kill kill, String... engine) throws Exception {
    List<String> command = new ArrayList<>(List.of("score", "many.yaml", "--format=json"));
    command.addAll(List.of(engine));
    EngineRun.Background run = runs.start(command.toArray(String[]::new));
    runs.awaitParts(3, run.process());
    kill.run();
    long before = runs.finishedParts();
    assertTrue(before > 0 && before < FILES, before + " parts were finished");
    Program.Result result = run.end();
    EngineRun.Output actual = runs.taken(result);
    assertEquals(expected.summary().get("rows_digest"), actual.summary().get("rows_digest"));
    assertEquals(expected.files(), actual.files());
    return result;
  }

  // --- Jobs that fail ----------------------------------------------------------------------------

  @Test
  void a_row_that_cannot_be_scored_is_told_as_on_the_direct_runner() throws IOException {
    String[] command = {
      "score", "--model=line@prod", "--input=in/many-003.csv", "--output=out/x.csv"
    };
    String told = error(runs.program().run(command).exits(3));
    assertTrue(told.contains("in/many-003.csv:3127"), told);
    for (Engines engine : List.of(Engines.FLINK_CLUSTER, Engines.SPARK_CLUSTER)) {
      assertEquals(told, error(runs.program().run(engine.with(command)).exits(3)));
    }
  }

  @Test
  void a_bundle_that_changed_on_its_way_is_not_scored_with() throws Exception {
    Path blob = blob();
    byte[] bytes = Files.readAllBytes(blob);
    try {
      EngineRun.Background run = runs.start(Engines.FLINK_CLUSTER.with("score", "many.yaml"));
      runs.awaitWork(run.process());
      byte[] other = bytes.clone();
      other[other.length - 1] ^= 1;
      Files.write(blob, other);
      Program.Result result = run.end().exits(4);
      assertTrue(error(result).contains("changed on its way"), result::toString);
      assertTrue(error(result).contains(blob.toString()), result::toString);
    } finally {
      Files.write(blob, bytes);
    }
  }

  private static Path blob() throws IOException {
    try (Stream<Path> blobs = Files.list(directory.resolve(".mlctl/registry/blobs/sha256"))) {
      return blobs.findFirst().orElseThrow();
    }
  }

  /** What it says from the error on: ten lines at most, and no trace. */
  private static String error(Program.Result result) {
    String error = result.err().substring(Math.max(0, result.err().indexOf("error: ")));
    assertTrue(error.startsWith("error: ") && error.lines().count() <= 10, result::toString);
    assertFalse(result.err().contains("\tat "), result::toString);
    return error;
  }

  // --- Jobs that are cancelled, or left alone ----------------------------------------------------

  @Test
  void an_interrupt_cancels_the_job() throws Exception {
    EngineRun.Background run = runs.start(Engines.FLINK_CLUSTER.with("score", "slow.yaml"));
    runs.awaitParts(0, run.process());
    String job = running();
    new ProcessBuilder("kill", "-INT", String.valueOf(run.process().pid())).start().waitFor();
    Program.Result result = run.end().exits(INTERRUPTED);
    Engines.flink().awaitJob(job, "CANCELED");
    assertTrue(result.err().contains("(1 parts are scored and kept)"), result::toString);
    assertEquals(1, runs.finishedParts());
    runs.take();
  }

  @Test
  void a_job_that_takes_too_long_is_cancelled() throws IOException {
    Program.Result result =
        runs.program()
            .run(Engines.FLINK_CLUSTER.with("score", "slow.yaml", "--timeout=1s"))
            .exits(10);
    assertTrue(error(result).contains("1s"), result::toString);
    assertEquals(0, Engines.flink().jobs().values().stream().filter("RUNNING"::equals).count());
  }

  @Test
  void a_job_that_is_left_alone_finishes_and_keeps_its_record() throws IOException {
    Program.Result result =
        runs.program()
            .run(Engines.FLINK_CLUSTER.with("score", "many.yaml", "--no-wait", "--format=json"))
            .exits(0);
    Map<String, Object> submitted = json(result.out());
    Engines.flink().awaitJob((String) submitted.get("job"), "FINISHED");
    Path record =
        directory.resolve(".mlctl/registry/models/line/prod/runs/" + submitted.get("id") + ".json");
    assertEquals(
        expected.summary().get("rows_digest"), json(Files.readString(record)).get("rows_digest"));
    assertEquals(expected.files(), runs.take());
  }

  private static String running() throws IOException {
    return Engines.flink().jobs().entrySet().stream()
        .filter(job -> job.getValue().equals("RUNNING"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject("output", text.getBytes(StandardCharsets.UTF_8));
  }
}
