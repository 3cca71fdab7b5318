package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program does by itself when a release has gone bad. */
class MonitorActionsIT {
  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void copy() throws IOException {
    Toy.copyTo(folder);
    program = Program.in(folder);
  }

  private void releaseTwoHasDrifted() throws IOException {
    Files.writeString(
        folder.resolve("train.yaml"),
        """
        model: toy
        task: regression
        source: {type: ReadFromCsv, config: {path: train.csv}}
        target: price
        algorithm: decision_tree
        """);
    String rows = Files.readString(folder.resolve("train.csv"));
    Files.writeString(folder.resolve("train.csv"), rows + "7,red,15\n".repeat(40));
    program.run("train", "train.yaml", "--deploy-to", "prod").exits(0);
    Files.writeString(folder.resolve("in.csv"), "size,color\n" + "39,violet\n".repeat(500));
    program.run("score", "--model", "toy@prod", "--input", "in.csv", "-o", "out.csv").exits(0);
  }

  private void monitorYaml(String actions) throws IOException {
    Files.writeString(
        folder.resolve("monitor.yaml"), "model: toy@prod\nactions:\n  critical:\n" + actions);
  }

  @Test
  void it_tells_goes_back_and_deploys_what_it_trained_if_that_is_good_enough()
      throws IOException, InterruptedException {
    releaseTwoHasDrifted();
    whatItStartedEndsWithIt();

    monitorYaml("    - {type: retrain, config: train.yaml, set: {gates: [\"r2 >= 2\"]}}\n");
    Program.Result refused = program.run("monitor", "monitor.yaml", "--format=json").exits(11);
    assertEquals(
        "retrain failed: a gate does not hold, so nothing was deployed", actions(refused).get(0));
    assertTrue(refused.err().contains("the gate \"r2 >= 2\" does not hold"), refused::toString);

    monitorYaml(
        """
            - {type: retrain, config: train.yaml, set: {params.max_depth: 3}}
            - {type: rollback}
        """);
    Program.Result acted = program.run("monitor", "monitor.yaml", "--format=json").exits(11);
    assertEquals(
        List.of(
            "rollback done: toy@prod is now at release 3"
                + " (the bundle of release 1, after release 2)",
            "retrain done: toy@prod is now at release 4"),
        actions(acted));
    List<?> releases =
        (List<?>)
            json(program.run("history", "toy@prod", "--format=json").exits(0)).get("releases");
    List<String> reasons =
        releases.stream()
            .map(release -> (Map<?, ?>) release)
            .map(release -> release.get("kind") + ": " + release.get("reason"))
            .toList();
    String reason = "monitor: critical: new_categories of color is 1, and 3 more";
    assertEquals(List.of("rollback: " + reason, "deploy: " + reason), reasons.subList(2, 4));
  }

  @Test
  void a_watch_ends_at_once_in_the_middle_of_a_wait() throws IOException, InterruptedException {
    Path out = folder.resolve("rounds");
    Process watch = program.start(out, "monitor", "toy@prod", "--watch", "PT1H", "--format=json");
    while (watch.isAlive() && !(Files.exists(out) && Files.size(out) > 0)) {
      Thread.sleep(20);
    }
    watch.destroy();
    assertTrue(watch.waitFor(10, TimeUnit.SECONDS));
    assertEquals(143, watch.exitValue());
    assertEquals(1, Files.readAllLines(out).size());
  }

  private void whatItStartedEndsWithIt() throws IOException, InterruptedException {
    monitorYaml(
        "    - {type: command, command: [sh, -c, 'echo $$ > pid.new; mv pid.new pid; sleep 600']}\n");
    Process monitor = program.start("monitor", "monitor.yaml");
    Path pid = folder.resolve("pid");
    while (monitor.isAlive() && !Files.exists(pid)) {
      Thread.sleep(20);
    }
    long shell = Long.parseLong(Files.readString(pid).strip());
    monitor.destroy();
    assertTrue(monitor.waitFor(30, TimeUnit.SECONDS));
    assertEquals(143, monitor.exitValue());
    assertFalse(ProcessHandle.of(shell).map(ProcessHandle::isAlive).orElse(false));
  }

  private static List<String> actions(Program.Result result) {
    return ((List<?>) json(result).get("actions"))
        .stream()
            .map(action -> (Map<?, ?>) action)
            .map(a -> a.get("type") + " " + a.get("outcome") + ": " + a.get("detail"))
            .toList();
  }

  private static Map<String, Object> json(Program.Result result) {
    return Json.readObject("stdout", result.out().getBytes(StandardCharsets.UTF_8));
  }
}
