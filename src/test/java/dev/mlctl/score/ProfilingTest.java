package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.Slice;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows and slices of runs, as their records have them. */
class ProfilingTest {
  private static final int ROWS = 3_000;

  @TempDir Path folder;
  private final Bundle bundle = Bundles.linear(2);
  private ScoreRig rig;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, bundle);
    StringBuilder csv = new StringBuilder("when,x0,region,x1\n");
    for (int r = 0; r < ROWS; r++) {
      String when = r % 100 == 99 ? "soon" : "2012-0" + (1 + 4 * r / ROWS) + "-15T08:00:00";
      csv.append(when).append(',').append(r % 7);
      csv.append(r % 3 == 0 ? ",north," : ",south,").append(r % 50 == 0 ? "x" : "1").append('\n');
    }
    rig.write("in.csv", csv.toString());
  }

  private ScoreSpec spec(String source, String sink, String profile) {
    return rig.yaml(
            "model: m@prod",
            "source: " + source,
            "sink: " + sink,
            "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}",
            "profile: " + profile)
        .withOverwrite(true);
  }

  private static String csv(String path) {
    return "{type: ReadFromCsv, config: {path: " + path + "}}";
  }

  private RunProfile run(ScoreSpec spec) {
    rig.run(spec);
    return new ProfileFormat(bundle.baseline()).fromMap((Map<?, ?>) rig.record.get("profile"));
  }

  @Test
  void windows_and_slices_are_recorded_alike_from_csv_json_parquet_and_stdin() {
    String out = "{type: WriteToCsv, config: {path: out.csv}}";
    String apart = "{time: when, window: P1M, slices: [region]}";
    rig.run(spec(csv("in.csv"), "{type: WriteToJson, config: {path: in.jsonl}}", "false"));
    rig.run(spec(csv("in.csv"), "{type: WriteToParquet, config: {path: in.parquet}}", "false"));
    RunProfile whole = run(spec(csv("in.csv"), out, apart));
    assertEquals(
        List.of("2012-01", "2012-02", "2012-03", "2012-04"),
        whole.windows().keySet().stream().map(start -> start.toString().substring(0, 7)).toList());
    assertEquals(30, whole.beside().get(RunProfile.UNKNOWN).rows());
    assertEquals(
        980, whole.slices().get(new Slice("region", "north")).rows(), "a fiftieth is rejected");
    assertEquals(1960, whole.slices().get(new Slice("region", "south")).rows());
    assertEquals(whole.rows(), whole.slices().values().stream().mapToLong(Profile::rows).sum());

    rig.rangeBytes = 10_000;
    assertAlike(whole, run(spec(csv("in.csv"), out, apart)));
    assertAlike(whole, run(spec(csv("in.csv"), "{type: WriteToCsv, config: {path: d/}}", apart)));
    String jsonOut =
        "{type: WriteToCsv, config: {path: out.csv}}\noutput: {passthrough: none, prediction: p}";
    assertAlike(
        whole, run(spec("{type: ReadFromJson, config: {path: in.jsonl}}", jsonOut, apart)), 2940);
    assertAlike(
        whole,
        run(spec("{type: ReadFromParquet, config: {path: in.parquet}}", jsonOut, apart)),
        2940);
    rig.stdin = rig.read("in.csv");
    assertAlike(whole, run(spec(csv("\"-\""), out, apart)));
  }

  private static void assertAlike(RunProfile expected, RunProfile other) {
    assertAlike(expected, other, expected.rows());
  }

  private static void assertAlike(RunProfile expected, RunProfile other, long rows) {
    assertEquals(rows, other.rows());
    assertEquals(expected.windows().keySet(), other.windows().keySet());
    assertEquals(expected.slices().keySet(), other.slices().keySet());
    expected.windows().forEach((key, p) -> assertAlike(p, other.windows().get(key)));
    expected.beside().forEach((key, p) -> assertAlike(p, other.beside().get(key)));
    expected.slices().forEach((key, p) -> assertAlike(p, other.slices().get(key)));
    assertAlike(expected.whole(), other.whole());
  }

  private static void assertAlike(Profile expected, Profile other) {
    for (int c = 0; c < expected.columns(); c++) {
      assertArrayEquals(
          ((NumberProfile) expected.column(c)).counts(),
          ((NumberProfile) other.column(c)).counts());
      assertEquals(
          expected.summary(c).distinct().orElseThrow(),
          other.summary(c).distinct().orElseThrow(),
          1e-9);
    }
  }

  @Test
  void the_same_run_gives_the_same_record() {
    String out = "{type: WriteToCsv, config: {path: out.csv}}";
    rig.rangeBytes = 10_000;
    ScoreSpec spec = spec(csv("in.csv"), out, "{time: when, slices: [region, x0]}");
    rig.run(spec);
    Object once = rig.record.get("profile");
    rig.run(spec);
    assertEquals(once, rig.record.get("profile"));
  }

  @Test
  void a_column_that_is_not_there_is_an_error() {
    String out = "{type: WriteToCsv, config: {path: out.csv}}";
    String problems = rig.fails(FailureKind.INPUT, spec(csv("in.csv"), out, "{slices: [regoin]}"));
    assertEquals(
        "column \"regoin\", by which rows are counted, is missing | in.csv:1 | profile.time and"
            + " profile.slices name columns of the input\n",
        problems);
  }

  @Test
  void what_cannot_be_meant_is_refused() {
    Map<String, String> wrong =
        Map.of(
            "{window: P1D}", "a window needs profile.time",
            "{time: when, window: 1 day}", "\"1 day\" is not a window of time",
            "{time: \"\"}", "expected the name of a column",
            "{slices: [a, a]}", "expected at most 8 different columns");
    wrong.forEach(
        (profile, message) -> {
          String problems =
              rig.problems(
                  FailureKind.USAGE,
                  assertThrows(
                      Failure.class,
                      () -> spec(csv("in.csv"), "{type: WriteToCsv, config: {path: o}}", profile)));
          assertTrue(problems.contains(message), problems);
        });
  }
}
