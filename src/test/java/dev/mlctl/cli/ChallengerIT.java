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

  private void train(String run, int trees) {
    mlctl(
            "train",
            BIKES.resolve("train-both.yaml").toString(),
            "--set",
            "params={trees: " + trees + ", max_depth: 4}",
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
    train("few", 15);
    train("many", 45);
    mlctl("deploy", "few.mlb", "--to", "prod").exits(0);
    mlctl("deploy", "many.mlb", "--to", "prod", "--canary", "10%", "--canary-key", "instant")
        .exits(0);
    assertTrue(scored().contains(", answered 1,"));
    assertTrue(monitored().contains("challenger promoted, as release 2"));
    mlctl("deploy", "few.mlb", "--to", "prod", "--shadow").exits(0);
    scored();
    assertTrue(monitored().contains("challenger dropped"));
    List<String> history = mlctl("history", "bikes@prod").exits(0).out().lines().toList();
    assertEquals(6, history.size(), history::toString);
    assertTrue(history.get(3).contains("deploy: monitor: its rmse is"), history::toString);
    assertTrue(history.get(5).contains("shadow ended: monitor: its rmse is"), history::toString);
  }

  private String scored() {
    return mlctl("score", "score.yaml", "--overwrite").exits(0).out();
  }

  private String monitored() {
    return mlctl("monitor", "monitor.yaml", "--fail-on", "none").exits(0).out();
  }
}
