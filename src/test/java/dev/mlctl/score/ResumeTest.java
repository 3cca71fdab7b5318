package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.RowDigest;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;
  private ScoreRig rig;
  private String expected;
  private RowDigest digest;
  private Object batches;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
    rig.rangeBytes = 4096;
    StringBuilder csv = new StringBuilder("x0,x1\n");
    for (int r = 0; r < ROWS; r++) {
      csv.append(r % 1000 == 7 ? "bad" : r).append(',').append(r % 10).append('\n');
    }
    rig.write("in.csv", csv.toString());
    digest = rig.run(spec("expected")).rowsDigest();
    batches = batches();
    expected = rig.read("expected.csv") + rig.read("expected.dead.jsonl").replace("expected", "");
  }

  private Object batches() {
    return ((Map<?, ?>) rig.record.get("service")).get("batches");
  }

  private ScoreSpec spec(String name) {
    return rig.yaml(
        "model: m@prod",
        "source: {type: ReadFromCsv, config: {path: in.csv}}",
        "sink: {type: WriteToCsv, config: {path: " + name + ".csv}}",
        "dead_letter: {type: WriteToJson, config: {path: " + name + ".dead.jsonl}}");
  }

  /** Stops a run from another thread, as a signal does, when some of its parts are finished. */
  private void stopHalfway(ScoreSpec spec) {
    Scoring scoring = rig.scoring(spec);
    Thread signal = new Thread(scoring::close);
    AtomicBoolean sent = new AtomicBoolean();
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                scoring.run(
                    (step, done, total) -> {
                      if (results() > 5 && sent.compareAndSet(false, true)) {
                        signal.start();
                      }
                    }));
    assertEquals(FailureKind.INTERRUPTED, failure.kind(), failure::getMessage);
    assertTrue(scoring.kept() > 5, () -> scoring.kept() + " parts kept");
  }

  private long results() {
    try (Stream<Path> files = Files.list(workDirectory())) {
      return files.filter(f -> f.getFileName().toString().startsWith("result-")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path workDirectory() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(".out"))
          .findAny()
          .orElseThrow();
    }
  }

  private void checkOutput() throws IOException {
    assertEquals(expected, rig.read("out.csv") + rig.read("out.dead.jsonl"));
    assertEquals(
        List.of("expected.csv", "expected.dead.jsonl", "in.csv", "out.csv", "out.dead.jsonl"),
        rig.listing());
  }

  @Test
  void a_run_that_was_stopped_is_taken_up_where_it_ended() throws IOException {
    stopHalfway(spec("out"));
    long results = results();
    ScoreSummary summary = rig.run(spec("out"));
    assertEquals(results, summary.resumed());
    assertEquals(batches, batches());
    assertEquals(ROWS, summary.rowsIn());
    assertEquals(digest, summary.rowsDigest());
    checkOutput();
  }

  @Test
  void a_run_with_another_input_starts_anew_and_removes_what_was_left() throws IOException {
    stopHalfway(spec("out"));
    rig.write("in.csv", "x0,x1\n1,2\n");
    assertEquals(0, rig.run(spec("out")).resumed());
    assertEquals("x0,x1,prediction\n1,2,5.5\n", rig.read("out.csv"));
    assertEquals(5, rig.listing().size());
  }

  @Test
  void parts_that_lost_their_bytes_in_a_power_cut_are_scored_again() throws IOException {
    stopHalfway(spec("out"));
    Path output = workDirectory().resolve("output");
    byte[] bytes = Files.readAllBytes(output);
    bytes[2000] ^= 1;
    Files.write(output, bytes);
    assertEquals(digest, rig.run(spec("out")).rowsDigest());
    checkOutput();
  }

  @Test
  void results_cut_off_in_a_power_cut_are_not_believed() throws IOException {
    stopHalfway(spec("out"));
    Files.write(workDirectory().resolve("result-00001.json"), new byte[100]);
    assertEquals(0, rig.run(spec("out")).resumed());
    checkOutput();
  }

  @Test
  void a_run_killed_between_publishing_and_cleaning_up_is_finished_by_the_next()
      throws IOException {
    stopHalfway(spec("out"));
    Path work = workDirectory();
    // What the run would have left: the output under its name, and word of it.
    rig.write("out.csv", rig.read("expected.csv"));
    String identity = LocalStorage.INSTANCE.identity(folder.resolve("out.csv").toString());
    Files.writeString(work.resolve("publishing-output"), identity);
    rig.run(spec("out"));
    checkOutput();
  }

  @Test
  void the_output_of_somebody_else_is_not_taken_for_our_own() throws IOException {
    stopHalfway(spec("out"));
    Files.writeString(workDirectory().resolve("publishing-output"), "another file");
    rig.write("out.csv", "theirs\n");
    String problems = rig.fails(FailureKind.CONFLICT, spec("out"));
    assertTrue(problems.startsWith("the output exists already"), problems);
    assertEquals("theirs\n", rig.read("out.csv"));
  }

  @Test
  void two_equal_runs_at_once_are_a_conflict() throws IOException {
    stopHalfway(spec("out"));
    Path lock = workDirectory().resolve("lock");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      String problems = rig.fails(FailureKind.CONFLICT, spec("out"));
      assertTrue(problems.startsWith("another run is writing this output"), problems);
    }
    rig.run(spec("out"));
    checkOutput();
  }

  @Test
  void files_of_a_directory_are_kept_too() throws IOException {
    rig.rangeBytes = 4096;
    String[] yaml = {
      "model: m@prod",
      "source: {type: ReadFromCsv, config: {path: in.csv}}",
      "sink: {type: WriteToCsv, config: {path: out/, shards: 3}}",
      "dead_letter: {type: WriteToJson, config: {path: out.dead.jsonl}}"
    };
    stopHalfway(rig.yaml(yaml));
    ScoreSummary summary = rig.run(rig.yaml(yaml));
    assertTrue(summary.resumed() > 5);
    assertEquals(digest, summary.rowsDigest());
    assertEquals(
        List.of("expected.csv", "expected.dead.jsonl", "in.csv", "out", "out.dead.jsonl"),
        rig.listing());
  }
}
