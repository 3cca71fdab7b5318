package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  @TempDir Path folder;

  private ScoreRig rig;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
    rig.write("in.csv", "x0,x1\n1,2\nbad,4\n");
  }

  private ScoreSpec spec(String... more) {
    String[] lines = new String[3 + more.length];
    lines[0] = "model: m";
    lines[1] = "source: {type: ReadFromCsv, config: {path: in.csv}}";
    lines[2] = "sink: {type: WriteToCsv, config: {path: out/new/rows.csv}}";
    System.arraycopy(more, 0, lines, 3, more.length);
    return rig.yaml(lines);
  }

  private static final String DEAD_LETTER =
      "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}";

  @Test
  void the_first_rows_are_scored_and_nothing_is_left_behind() throws IOException {
    DryRunReport report = rig.dryRun(spec(DEAD_LETTER)).check();
    assertEquals(2, report.sampled());
    assertEquals(1, report.rejected());
    assertEquals(folder.resolve("in.csv") + ":3", report.firstRejected().get(0).at());
    assertEquals("direct", report.runner());
    assertEquals(0, report.jars());
    assertEquals(List.of("in.csv"), rig.listing());
  }

  @Test
  void a_row_that_would_fail_the_run_fails_the_dry_run() throws IOException {
    String problems = fails(FailureKind.INPUT, spec());
    assertTrue(problems.startsWith("1 of 2 rows cannot be scored; the run would fail"), problems);
    assertTrue(problems.contains("in.csv:3"), problems);
    assertEquals(List.of("in.csv"), rig.listing());
  }

  @Test
  void what_a_run_would_refuse_is_refused() {
    rig.write("out/new/rows.csv", "there\n");
    assertTrue(fails(FailureKind.CONFLICT, spec(DEAD_LETTER)).startsWith("the output exists"));
    rig.write("in.csv", "x0\n1\n");
    ScoreSpec replacing = spec(DEAD_LETTER).withOverwrite(true);
    assertTrue(fails(FailureKind.INPUT, replacing).startsWith("column \"x1\" is missing"));
    ScoreSpec misspelt = spec(DEAD_LETTER, "options: {targetParalelism: 2}");
    assertTrue(fails(FailureKind.USAGE, misspelt).startsWith("unknown Beam option"));
    ScoreSpec stream = rig.files("rows.csv", "-");
    assertTrue(fails(FailureKind.USAGE, stream).startsWith("a dry run cannot look at a stream"));
  }

  private String fails(FailureKind kind, ScoreSpec spec) {
    return rig.problems(kind, assertThrows(Failure.class, () -> rig.dryRun(spec).check()));
  }
}
