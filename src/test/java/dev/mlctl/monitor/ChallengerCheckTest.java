package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.error.Failure;
import dev.mlctl.monitor.ChallengerReport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A challenger is promoted when it is surely better, dropped when surely worse, and else kept. */
class ChallengerCheckTest {
  private static final Profile BASELINE = Town.baseline(Town.days(new Random(3), 2000));
  private static final Profile USUAL = Town.profile(BASELINE, Town.days(new Random(4), 2000));
  private static final Profile HOT =
      Town.profile(
          BASELINE,
          Town.days(new Random(5), 2000).stream().map(d -> d.with(0, d.numbers()[0] + 9)).toList());
  private static final int ROWS = 2000;
  private static final String LABEL = "town@prod~cdcdcdcdcdcd";
  private static final String BOTH =
      "promote: {metric: rmse, better_by: 0.02, runs: 3}, drop: {metric: rmse, worse_by: 0.05}";

  @TempDir Path dir;
  private final Subject champion = Town.subject(BASELINE);
  private final Rival rival =
      new Rival(LABEL, "cd".repeat(32), champion.bundle(), Town.NOW.minus(Duration.ofDays(30)));
  private final StringBuilder labels = new StringBuilder("id,truth\n");
  private final List<Map<String, Object>> runs = new ArrayList<>();

  /** Two models that are wrong by so much each; a canary's rows are wildly wrong and named so. */
  private Map<String, Object> addRun(
      Random random, double wrong, double challengerWrong, int canary) throws IOException {
    String id = "r" + runs.size();
    StringBuilder scored = new StringBuilder("id,prediction,challenger_prediction,model_release\n");
    for (int i = 0; i < ROWS; i++) {
      double truth = 10 * random.nextGaussian();
      double challenger = truth + challengerWrong * random.nextGaussian();
      double answer = truth + wrong * random.nextGaussian();
      String key = id + "-" + i;
      labels.append(key).append(',').append(truth).append('\n');
      boolean its = i < canary;
      scored.append(
          "%s,%s,%s,%s\n"
              .formatted(
                  key, its ? 1e6 : answer, its ? 1e6 : challenger, its ? LABEL : "town@prod#7"));
    }
    Files.writeString(dir.resolve(id + ".csv"), scored);
    Files.writeString(dir.resolve("labels.csv"), labels);
    Map<String, Object> run = Town.run(id, 24 - runs.size(), USUAL);
    run.put("sink", Map.of("type", "WriteToCsv", "path", dir.resolve(id + ".csv").toString()));
    run.put("output", Map.of("prediction", "prediction", "release", true, "challenger", true));
    run.put("challenger", challenger(canary > 0 ? "canary" : "shadow", USUAL, 2));
    runs.add(run);
    return run;
  }

  private Map<String, Object> challenger(String mode, Profile profile, double apart) {
    Map<String, Object> tried = new LinkedHashMap<>();
    tried.put("label", LABEL);
    tried.put("digest", rival.digest());
    tried.put("mode", mode);
    tried.put("rejected", 0L);
    tried.put("answered", mode.equals("canary") ? 500L : 0L);
    tried.put("profile", ProfileJson.toMap(profile));
    tried.put(
        "comparison",
        Map.of(
            "rows",
            (long) ROWS,
            "mean_difference",
            0.0,
            "mean_absolute_difference",
            apart,
            "rms_difference",
            apart,
            "largest_difference",
            apart));
    return tried;
  }

  private MonitorSpec spec(String rules) {
    String text = "model: town@prod\nruns: {last: 3}\nchallenger: {" + rules + "}\n";
    return MonitorSpec.from(
        ConfigFile.parse("monitor.yaml", text, MonitorSpec.SHAPE, List.of(), name -> null, dir),
        dir);
  }

  private MonitorSpec labelled(String rules) {
    return spec(rules)
        .withLabels(new LabelSource(dir.resolve("labels.csv"), "id", Optional.empty()));
  }

  private ChallengerReport check(MonitorSpec spec) {
    MonitorReport report = Town.check(spec, champion, runs);
    return ChallengerCheck.of(spec, champion, report, rival, Records.of(runs), Town.CLOCK);
  }

  private void assertKept(String why, ChallengerReport report) {
    assertEquals(Verdict.KEEP, report.verdict(), report::reason);
    assertTrue(report.reason().contains(why), report::reason);
  }

  @Test
  void one_that_is_better_in_every_run_is_promoted() throws IOException {
    Random random = new Random(1);
    addRun(random, 2, 1.8, 0);
    addRun(random, 2, 1.8, 0);
    assertKept("2 of the 3 runs", check(labelled(BOTH)));
    addRun(random, 2, 1.8, 0);
    ChallengerReport report = check(labelled(BOTH));
    assertEquals(Verdict.PROMOTE, report.verdict(), report::reason);
    assertEquals(3L * ROWS, report.labelled());
    ChallengerMetric rmse = report.metrics().get(0);
    assertEquals(0.1, rmse.gain(), 0.02);
    assertTrue(rmse.low() > 0 && rmse.low() < rmse.gain() && rmse.high() < 0.16, rmse::toString);
    addRun(random, 1.8, 2, 0);
    assertKept("not better by", check(labelled(BOTH)));
  }

  @Test
  void one_that_is_worse_is_dropped_at_once() throws IOException {
    addRun(new Random(2), 1.8, 2, 0);
    ChallengerReport report = check(labelled(BOTH));
    assertEquals(Verdict.DROP, report.verdict(), report::reason);
    assertTrue(report.reason().contains("worse"), report::reason);
  }

  @Test
  void chance_neither_promotes_nor_drops() throws IOException {
    Random random = new Random(6);
    String any = "promote: {metric: rmse}, drop: {metric: rmse}";
    for (int i = 0; i < 15; i++) {
      runs.clear();
      addRun(random, 2, 2, 0);
      assertEquals(Verdict.KEEP, check(labelled(any)).verdict());
    }
  }

  @Test
  void what_cannot_be_told_keeps_it_and_says_why() throws IOException {
    Map<String, Object> run = addRun(new Random(7), 2, 1, 0);
    String now = "promote: {metric: rmse}";
    assertKept("there are no labels", check(spec(now)));
    assertKept(
        "2000 rows were scored by both where 5000", check(labelled("min_rows: 5000, " + now)));
    assertKept("accuracy cannot be told", check(labelled("promote: {metric: accuracy}")));
    assertKept("no rule says when to promote", check(labelled("drop: {metric: rmse}")));
    run.put("output", Map.of("prediction", "prediction"));
    assertKept("output.challenger: true", check(labelled(now)));
    run.put("output", Map.of("prediction", "prediction", "challenger", true));
    run.put("challenger", challenger("canary", USUAL, 2));
    assertKept("output.release: true", check(labelled(now)));
    run.remove("challenger");
    assertKept("0 rows were scored by both", check(labelled(now)));
  }

  @Test
  void rows_that_a_canary_answered_count_for_nobody_else() throws IOException {
    addRun(new Random(8), 2, 1.8, 500);
    MonitorSpec spec = labelled("promote: {metric: rmse, better_by: 0.02}");
    MonitorReport report = Town.check(spec, champion, runs);
    assertEquals(2, report.labels().orElseThrow().metrics().get("rmse").value(), 0.1);
    ChallengerReport challenger = check(spec);
    assertEquals(ROWS - 500, challenger.labelled());
    assertEquals(Verdict.PROMOTE, challenger.verdict(), challenger::reason);
  }

  @Test
  void runs_of_others_and_of_before_are_not_looked_at() throws IOException {
    addRun(new Random(9), 2, 1, 0).put("digest", "ef".repeat(32));
    addRun(new Random(9), 2, 1, 0).put("status", "failed");
    Map<String, Object> old = addRun(new Random(9), 2, 1, 0);
    old.put("started", rival.since().minusSeconds(1).toString());
    assertEquals(List.of(), check(labelled(BOTH)).runs());
  }

  @Test
  void without_labels_agreement_and_disagreement_decide() throws IOException {
    Map<String, Object> run = addRun(new Random(10), 2, 1, 0);
    ChallengerReport report = check(spec("drop: {disagreement: 0.1}"));
    assertEquals(Verdict.DROP, report.verdict());
    assertEquals(2 / 16.5, report.disagreement(), 0.01); // standard deviations of 3 temp + hour
    assertKept("the agreement is", check(spec("promote: {agreement: 0.95}")));
    run.put("challenger", challenger("shadow", USUAL, 0.1));
    assertEquals(Verdict.PROMOTE, check(spec("promote: {agreement: 0.95}")).verdict());
  }

  @Test
  void drift_of_its_own_drops_it() throws IOException {
    Map<String, Object> run = addRun(new Random(11), 2, 2, 0);
    assertEquals(Verdict.KEEP, check(spec("drop: {critical: true}")).verdict());
    run.put("challenger", challenger("shadow", HOT, 2));
    ChallengerReport report = check(spec("drop: {critical: true}"));
    assertEquals(Optional.of(Severity.CRITICAL), report.drift());
    assertEquals(Verdict.DROP, report.verdict());
    run.put("profile", ProfileJson.toMap(HOT));
    assertEquals(Verdict.KEEP, check(spec("drop: {critical: true}")).verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "promote: {}",
        "promote: {better_by: 0.1}",
        "drop: {}",
        "promote: {runs: 2}",
        "drop: {worse_by: 0.1, critical: true}",
        "promote: {metric: speed}",
        "keep: {}"
      })
  void a_rule_that_says_nothing_is_a_fault(String rules) {
    assertThrows(Failure.class, () -> spec(rules));
  }
}
