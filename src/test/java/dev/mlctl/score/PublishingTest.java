package dev.mlctl.score;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.bench.ScoreBenchmark;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishingTest {
  @TempDir Path folder;
  private ScoreRig rig;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
    rig.write("in.csv", "x0,x1\n1,2\n");
  }

  @Test
  void an_output_that_exists_is_refused_and_stays() {
    rig.write("out.csv", "old\n");
    assertEquals(
        "the output exists already; nothing was published | out.csv | name another file, or replace"
            + " it with --overwrite\n",
        rig.fails(FailureKind.CONFLICT, rig.files("out.csv", "in.csv")));
    assertEquals("old\n", rig.read("out.csv"));
  }

  @Test
  void an_output_that_appears_during_the_run_is_not_replaced() {
    Progress meddler = (step, done, total) -> rig.write("out.csv", "theirs\n");
    Scoring scoring = rig.scoring(rig.files("out.csv", "in.csv"));
    Failure failure = assertThrows(Failure.class, () -> scoring.run(meddler));
    rig.problems(FailureKind.CONFLICT, failure);
    assertEquals("theirs\n", rig.read("out.csv"));
  }

  @Test
  void overwrite_replaces_the_output_and_a_failed_run_does_not() {
    rig.write("out.csv", "old\n");
    rig.write("bad.csv", "x0,x1\n1,x\n");
    rig.fails(FailureKind.INPUT, rig.files("out.csv", "bad.csv").withOverwrite(true));
    assertEquals("old\n", rig.read("out.csv"));
    rig.run(rig.files("out.csv", "in.csv").withOverwrite(true));
    assertEquals("x0,x1,prediction\n1,2,5.5\n", rig.read("out.csv"));
  }

  @Test
  void the_output_must_not_be_an_input_by_any_name() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("in.csv"));
    for (String name : List.of("in.csv", "link.csv", "./in.csv")) {
      String problems = rig.fails(FailureKind.USAGE, rig.files(name, "in.csv").withOverwrite(true));
      assertTrue(problems.startsWith("the output is one of the inputs | "), problems);
    }
    assertEquals("x0,x1\n1,2\n", rig.read("in.csv"));
  }

  @Test
  void the_dead_letter_must_not_be_the_output() {
    ScoreSpec spec =
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: a/out.csv}}",
            "dead_letter: {type: WriteToCsv, config: {path: ./a/../a/out.csv}}");
    assertTrue(
        rig.fails(FailureKind.USAGE, spec).startsWith("the dead letter is the output itself"));
  }

  @Test
  void a_full_disk_publishes_nothing_and_keeps_the_old_output() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = command("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString());
    Assumptions.assumeTrue(mounted, "needs the right to mount a small tmpfs");
    try {
      rig.write("big.csv", "x0,x1\n" + "123456,234567\n".repeat(100_000));
      rig.write("disk/out.csv", "old\n");
      String problems =
          rig.fails(FailureKind.STORAGE, rig.files("disk/out.csv", "big.csv").withOverwrite(true));
      assertEquals(
          "cannot write the output: No space left on device; nothing was published |"
              + " disk/out.csv\n",
          problems);
      assertEquals("old\n", rig.read("disk/out.csv"));
      try (var left = Files.list(disk)) {
        assertEquals(1, left.count());
      }
    } finally {
      command("umount", disk.toString());
    }
  }

  @Test
  void a_sink_directory_that_goes_away_is_a_storage_failure() throws IOException {
    rig.write("in.csv", "x0,x1\n" + "1,2\n".repeat(50_000));
    rig.rangeBytes = 4096;
    rig.write("sink/old.txt", "");
    Scoring scoring = rig.scoring(rig.files("sink/out.csv", "in.csv"));
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                scoring.run(
                    (step, done, total) -> {
                      try {
                        LocalStorage.INSTANCE.delete(folder.resolve("sink").toString());
                      } catch (IOException e) {
                        // a worker has put a file there meanwhile: the next batch tries again
                      }
                    }));
    assertEquals(
        "cannot write the output: its directory was removed meanwhile; nothing was published"
            + " | sink/out.csv\n",
        rig.problems(FailureKind.STORAGE, failure));
    assertFalse(rig.exists("sink/out.csv"));
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_run_closed_from_outside_leaves_no_trace() throws IOException {
    rig.write("in.csv", "x0,x1\n" + "1,2\n".repeat(50_000));
    rig.rangeBytes = 4096;
    rig.write("out.csv", "old\n");
    Scoring scoring = rig.scoring(rig.files("out.csv", "in.csv").withOverwrite(true));
    assertThrows(Failure.class, () -> scoring.run((step, done, total) -> scoring.close()));
    assertEquals(List.of("in.csv", "out.csv"), rig.listing());
    assertEquals("old\n", rig.read("out.csv"));
  }

  @Test
  void what_a_killed_run_left_behind_is_removed() throws IOException {
    rig.write(".out.csv.mlctl-20260101T000000.000Z-00000000/part-00000", "1,2,666\n");
    rig.write(".out.csv.mlctl-20260101T000000.000Z-00000000/total.json", "{");
    rig.run(rig.files("out.csv", "in.csv"));
    assertEquals("x0,x1,prediction\n1,2,5.5\n", rig.read("out.csv"));
    assertEquals(List.of("in.csv", "out.csv"), rig.listing());
  }

  @Test
  void a_folder_that_cannot_be_made_is_a_storage_failure() {
    rig.write("file", "");
    assertTrue(
        rig.fails(FailureKind.STORAGE, rig.files("file/out.csv", "in.csv"))
            .startsWith("cannot write the output: "));
  }

  @Test
  void a_run_that_is_killed_leaves_the_old_output_and_no_harm_for_the_next() throws Exception {
    String header = IntStream.range(0, 10).mapToObj(i -> "x" + i).collect(joining(","));
    rig.write("in.csv", header + "\n" + "1,2,3,4,5,6,7,8,9,10\n".repeat(1_000_000));
    rig.write("out.csv", "old\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScoreBenchmark.class.getName(),
                "score",
                folder.resolve("in.csv").toString(),
                folder.resolve("out.csv").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && !aPartIsWritten()) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    assertEquals("old\n", rig.read("out.csv"));
    assertEquals(3, rig.listing().size(), "the killed run's own directory is still there");
    rig.write("in.csv", "x0,x1\n1,2\n");
    rig.run(rig.files("out.csv", "in.csv").withOverwrite(true));
    assertEquals("x0,x1,prediction\n1,2,5.5\n", rig.read("out.csv"));
    assertEquals(List.of("in.csv", "out.csv"), rig.listing());
  }

  private boolean aPartIsWritten() throws IOException {
    for (String name : rig.listing()) {
      if (name.startsWith(".out.csv.mlctl-") && rig.exists(name + "/result-00000.json")) {
        return true;
      }
    }
    return false;
  }
}
