package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A better model of bikes is tried, scored with, promoted by its labels; the old one is dropped.
 */
class ChallengerIT {
  private static final Path BIKES = Path.of("examples/bikes").toAbsolutePath();

  @TempDir Path folder;

  private Program.Result mlctl(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private void train(String run, String features) {
    mlctl(
            "train",
            BIKES.resolve("train-both.yaml").toString(),
            "--set",
            "algorithm=ols",
            "--set",
            "params={}",
            "--set",
            "features=[" + features + "]",
            "--set",
            "gates=[]",
            "-o",
            run)
        .exits(0);
    mlctl("serialize", run, "-o", run + ".mlb").exits(0);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void the_better_one_is_promoted_and_the_worse_one_dropped() throws IOException {
    String data = BIKES.resolve("data/bike-sharing-hour.csv").toString();
    write(
        "score.yaml",
        "model: bikes@prod",
        "source: {type: ReadFromCsv, config: {path: " + data + "}}",
        "sink: {type: WriteToCsv, config: {path: out.csv}}",
        "output: {passthrough: [instant], release: true, challenger: true}");
    write(
        "monitor.yaml",
        "model: bikes@prod",
        "labels: {path: " + data + ", key: instant}",
        "challenger:",
        "  promote: {metric: rmse, better_by: 0.02}",
        "  drop: {metric: rmse, worse_by: 0.05}");
    train("few", "temp");
    train("many", "temp, hour, humidity");
    mlctl("deploy", "few.mlb", "--to", "prod").exits(0);
    mlctl("deploy", "many.mlb", "--to", "prod", "--canary", "10%").exits(6);
    String canary = "deploy many.mlb --to prod --canary 10% --canary-key instant";
    mlctl((canary + " --allow-incompatible").split(" ", -1)).exits(0);
    assertSays(", answered 1,", scored());
    assertSays("challenger promoted, as release 2", monitored());
    mlctl("deploy", "few.mlb", "--to", "prod", "--shadow").exits(0);
    scored();
    assertSays("challenger dropped", monitored());
    Program.Result history = mlctl("history", "bikes@prod").exits(0);
    assertSays("deploy: monitor: its rmse is ", history);
    assertSays("shadow ended: monitor: its rmse is ", history);
    assertEquals(3, history.out().lines().filter(line -> line.startsWith("      ~ ")).count());
  }

  private static void assertSays(String expected, Program.Result result) {
    assertTrue(result.out().contains(expected), result::toString);
  }

  private Program.Result scored() {
    return mlctl("score", "score.yaml", "--overwrite").exits(0);
  }

  private Program.Result monitored() {
    return mlctl("monitor", "monitor.yaml", "--fail-on", "none").exits(0);
  }
}
