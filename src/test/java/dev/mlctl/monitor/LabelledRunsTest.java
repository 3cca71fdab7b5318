package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of many runs that come late, in several files, slice by slice. */
class LabelledRunsTest {
  /** Held out were a thousand rows each of the probabilities 0.2 and 0.8, which came true. */
  private static final long[] HELD = {1000, 0, 0, 1000};

  private static final long[] POSITIVES = {200, 0, 0, 800};

  private static final Profile BASELINE =
      EstimatedPerformanceTest.outputs(new long[] {1000, 1000}, HELD);

  private static final int RUNS = 4;
  private static final int ROWS = 600;

  @TempDir Path dir;

  private final Random random = new Random(8);
  private final StringBuilder[] labels = {new StringBuilder(), new StringBuilder()};
  private final List<Map<String, Object>> runs = new ArrayList<>();

  /**
   * Runs of a classifier that is right 9 times of 10, in the south 6 times; the labels of the first
   * two runs are in one file, half of those of the third in another.
   */
  private void score() throws IOException {
    for (int i = 0; i < RUNS; i++) {
      StringBuilder scored =
          new StringBuilder("id,region,prediction,probability_no,probability_yes\n");
      for (int r = 0; r < ROWS; r++) {
        String key = "k" + i + "-" + r;
        boolean south = r % 3 == 0;
        boolean yes = random.nextInt(3) == 0;
        boolean right = random.nextDouble() < (south ? 0.6 : 0.9);
        double probability = yes == right ? 0.8 : 0.2;
        scored.append(
            "%s,%s,%s,%.1f,%.1f%n"
                .formatted(
                    key,
                    south ? "south" : "north",
                    probability > 0.5 ? "yes" : "no",
                    1 - probability,
                    probability));
        if (i < 2 || (i == 2 && r % 2 == 0)) {
          labels[i < 2 ? 0 : 1].append(
              "%s,%s,%s%n".formatted(key, yes ? "yes" : "no", r % 2 == 0 ? "phone" : "web"));
        }
      }
      Map<String, Object> run = new HashMap<>(Town.run("r" + i, RUNS - i, BASELINE));
      run.put("sink", write("scored-" + i + ".csv", scored.toString()).toString());
      runs.add(run);
    }
    write("labels-2026-07.csv", "id,truth,channel\n" + labels[0]);
    write("labels-2026-08.csv", "id,truth,channel\n" + labels[1]);
  }

  @Test
  void each_run_has_its_metrics_and_how_much_of_it_is_labelled() throws IOException {
    score();
    LabelReport report = check(source("labels-*.csv")).labels().orElseThrow();
    assertEquals(2 * ROWS + ROWS / 2, report.counts().joined());
    assertEquals(0.625, report.coverage(), 1e-12);
    assertEquals(
        List.of("r0", "r1", "r2", "r3"), report.runs().stream().map(RunPerformance::id).toList());
    assertArrayEquals(
        new double[] {1, 1, 0.5, 0},
        report.runs().stream().mapToDouble(RunPerformance::coverage).toArray());
    assertEquals(
        List.of(false, false, false, true),
        report.runs().stream().map(RunPerformance::lowCoverage).toList());
    Estimate accuracy = report.runs().get(0).metrics().get("accuracy");
    assertTrue(accuracy.low() < 0.8 && 0.8 < accuracy.high(), accuracy.toString());
    assertTrue(report.runs().get(3).metrics().isEmpty());
    assertEquals(2, ((List<?>) ((Map<?, ?>) report.toMap().get("confusion")).get("counts")).size());
    assertEquals(1, report.calibration().orElseThrow().curves().size());
  }

  @Test
  void metrics_of_few_labels_say_how_few() throws IOException {
    score();
    LabelSource strict =
        new LabelSource(
            List.of(dir.resolve("labels-*.csv")), "id", Optional.empty(), List.of(), 0.9);
    assertTrue(
        check(strict).findings().stream()
            .anyMatch(f -> f.note().endsWith("; only 62.5 % of the predictions have a label yet")));
    assertTrue(check(strict).labels().orElseThrow().runs().get(2).lowCoverage());
  }

  @Test
  void files_that_are_named_one_by_one_are_those_of_a_pattern() throws IOException {
    score();
    LabelSource both =
        new LabelSource(
            List.of(dir.resolve("labels-2026-07.csv"), dir.resolve("labels-2026-08.csv")),
            "id",
            Optional.empty(),
            List.of(),
            0.5);
    assertEquals(
        check(source("labels-*.csv")).labels().orElseThrow().toMap(),
        check(both).labels().orElseThrow().toMap());
    Failure failure = assertThrows(Failure.class, () -> check(source("truth-*.csv")));
    assertEquals(FailureKind.NOT_FOUND, failure.kind());
    assertEquals("cannot read the labels: no file matches", failure.getMessage());
    assertEquals(
        FailureKind.USAGE, assertThrows(Failure.class, () -> check(source("labels-[.csv"))).kind());
  }

  @Test
  void a_label_that_a_later_file_contradicts_is_not_used() throws IOException {
    score();
    write("labels-2026-09.csv", "id,truth,channel\nk0-0,yes,web\nk0-0,no,web\nk0-1,none,web\n");
    LabelCounts counts = check(source("labels-*.csv")).labels().orElseThrow().counts();
    assertEquals(1, counts.contradictory());
    assertEquals(2, counts.duplicateLabels());
    assertEquals(1, counts.unusable());
    assertEquals(2 * ROWS + ROWS / 2 - 1, counts.joined());
  }

  @Test
  void a_slice_that_is_worse_than_its_probabilities_say_is_a_warning_of_its_own()
      throws IOException {
    score();
    MonitorReport report = check(source("labels-*.csv", "region", "channel"));
    LabelReport labels = report.labels().orElseThrow();
    assertEquals(
        List.of("region=north", "region=south", "channel=phone", "channel=web"),
        labels.slices().stream().map(SlicePerformance::text).toList());
    assertEquals(1000, labels.slices().get(0).rows());
    Map<String, Severity> bySlice = new HashMap<>();
    report.findings().stream()
        .filter(f -> f.statistic().equals("accuracy_drop") && !f.slice().isEmpty())
        .forEach(f -> bySlice.put(f.slice(), f.severity()));
    assertEquals(Severity.OK, bySlice.get("region=north"));
    assertEquals(Severity.WARNING, bySlice.get("region=south"));
    assertEquals(0.8, labels.slices().get(1).expected().get("accuracy").value(), 1e-9);
    assertTrue(
        report.serviceTable().rows().stream()
            .anyMatch(row -> row.get(1).equals("accuracy_drop in region=south")));
  }

  @Test
  void a_slice_needs_rows_and_its_column() throws IOException {
    score();
    write("labels-2026-09.csv", "id,truth,channel\nk3-0,yes,post\n");
    LabelReport report = check(source("labels-*.csv", "channel")).labels().orElseThrow();
    SlicePerformance post = report.slices().get(2);
    assertEquals("channel=post", post.text());
    assertTrue(post.metrics().isEmpty());
    Failure failure = assertThrows(Failure.class, () -> check(source("labels-*.csv", "town")));
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(
        "no column \"town\" to slice by, neither in the predictions nor in the labels",
        failure.getMessage());
  }

  @Test
  void slices_of_one_quality_raise_no_alarm_however_many_they_are() {
    int alarms = 0;
    for (int i = 0; i < 100; i++) {
      List<SlicePerformance> slices = new ArrayList<>();
      for (int s = 0; s < 200; s++) {
        Estimate accuracy = new Estimate(0.9 + 0.02 * random.nextGaussian(), 0.02);
        slices.add(
            new SlicePerformance(
                "c",
                "v" + s,
                300,
                Map.of("accuracy", accuracy),
                Map.of("accuracy", new Estimate(0.9, 0.02))));
      }
      alarms +=
          SliceFindings.of(MonitorSpec.defaults("town@prod"), Map.of("accuracy", 0.9), slices)
                  .stream()
                  .allMatch(f -> f.severity() == Severity.OK)
              ? 0
              : 1;
    }
    assertTrue(alarms <= 6, alarms + " of 100");
    assertEquals(2, SliceFindings.errors(1), 1e-9);
  }

  @Test
  void labels_too_many_for_the_memory_are_joined_in_passes_with_the_same_result()
      throws IOException {
    score();
    List<RunRecord> records = runs.stream().map(RunRecord::from).toList();
    LabelSource source = source("labels-*.csv", "region", "channel");
    LabelJoin.Joined whole = join(source, records, 1L << 30);
    LabelJoin.Joined parts = join(source, records, 1L << 17);
    assertFalse(whole.answers().isSample());
    assertEquals(whole.counts(), parts.counts());
    assertArrayEquals(whole.predictions(), parts.predictions());
    assertArrayEquals(whole.labelled(), parts.labelled());
    assertTrue(parts.answers().isSample(), "16 kB hold no 1500 rows");
    assertEquals(
        whole.answers().metrics().get("accuracy"), parts.answers().metrics().get("accuracy"), 0.1);
  }

  @Test
  void further_columns_come_with_the_join() throws IOException {
    Path scored =
        write(
            "both.csv",
            """
            id,prediction,challenger_prediction,challenger_probability_yes
            1,yes,no,0.3
            2,no,,
            """);
    write("truth.csv", "id,truth\n1,yes\n2,no\n");
    Map<String, Object> run = new HashMap<>(Town.run("r", 1, BASELINE));
    run.put("sink", scored.toString());
    Answers answers =
        LabelJoin.of(
                classifier().bundle().signature(),
                source("truth.csv"),
                List.of(RunRecord.from(run)),
                List.of(
                    new LabelJoin.Further("challenger_prediction", false),
                    new LabelJoin.Further("challenger_probability_yes", true)))
            .answers();
    assertEquals(2, answers.size());
    assertEquals(0, answers.further(0, 0));
    assertEquals(0.3, answers.further(1, 0));
    assertTrue(Double.isNaN(answers.further(0, 1)));
  }

  private LabelJoin.Joined join(LabelSource source, List<RunRecord> records, long memory) {
    return LabelJoin.of(classifier().bundle().signature(), source, records, List.of(), memory);
  }

  private LabelSource source(String pattern, String... slices) {
    return new LabelSource(
        List.of(dir.resolve(pattern)), "id", Optional.empty(), List.of(slices), 0.5);
  }

  private MonitorReport check(LabelSource source) {
    MonitorSpec spec =
        MonitorSpec.defaults("town@prod")
            .withLabels(source)
            .withRuns(new RunSelection.Last(Math.max(1, runs.size())));
    return Town.check(spec, classifier(), runs);
  }

  private static Subject classifier() {
    return new Subject(
        "town@prod#7", Town.DIGEST, EstimatedPerformanceTest.bundle(HELD, POSITIVES));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
