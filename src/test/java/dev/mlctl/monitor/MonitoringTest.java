package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Json;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Town.Day;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringTest {
  private static final MonitorSpec SPEC = MonitorSpec.defaults("town@prod");

  private final Random random = new Random(11);
  private final List<Day> training = Town.days(random, 4000);
  private final Profile baseline = Town.baseline(training);
  private final Subject subject = Town.subject(baseline);

  @ParameterizedTest
  @ValueSource(ints = {2, 64})
  void profiles_merged_from_parts_in_any_order_give_the_same_verdicts(int parts) {
    List<Day> days = shifted(3000);
    MonitorReport whole = Town.check(subject, Town.profile(baseline, days));
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      List<Day> part = days.subList(3000 * p / parts, 3000 * (p + 1) / parts);
      runs.add(throughJson(Town.run("part" + p, 1, Town.profile(baseline, part))));
    }
    Collections.shuffle(runs, random);
    MonitorReport merged = Town.check(SPEC.withRuns(new RunSelection.Last(parts)), subject, runs);
    assertEquals(Severity.CRITICAL, whole.severity());
    assertEquals(judged(whole), judged(merged));
    assertEquals(3000, merged.rows());
    assertEquals(parts, merged.runsUsed().size());
  }

  @Test
  void rows_of_another_bundle_are_left_out_and_said_so() {
    Map<String, Object> older = Town.run("older", 2, profile(500));
    older.put("digest", "sha256:" + "cd".repeat(32));
    Map<String, Object> newest = new HashMap<>(older);
    newest.put("id", "newest");
    newest.put("started", Town.NOW.toString());
    MonitorReport report =
        Town.check(SPEC, subject, List.of(newest, older, Town.run("own", 1, profile(400))));
    assertEquals(List.of("own"), report.runsUsed());
    assertEquals(400, report.rows());
    assertEquals(
        List.of(new LeftOutRun("newest", "scored with another bundle, cdcdcdcdcdcd")),
        report.runsLeftOut());
  }

  @Test
  void a_release_without_runs_of_its_own_names_only_the_newest_of_others() {
    List<Map<String, Object>> others = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Map<String, Object> run = Town.run("r" + i, 9 - i, profile(300));
      run.put("digest", "cd".repeat(32));
      others.add(run);
    }
    MonitorReport report = Town.check(SPEC, subject, others);
    assertEquals(List.of("r8"), report.runsLeftOut().stream().map(LeftOutRun::id).toList());
    assertEquals(Severity.NOT_ENOUGH_DATA, report.severity());
    others.add(Town.run("own", 9.5, profile(300)));
    assertEquals(9, Town.check(SPEC, subject, others).runsLeftOut().size());
  }

  @Test
  void a_failed_run_is_left_out_and_is_a_warning() {
    Map<String, Object> failed = new HashMap<>(Town.run("failed", 0.5, profile(300)));
    failed.put("status", "failed");
    failed.keySet().removeAll(List.of("rows_in", "rows_out", "rows_rejected", "profile"));
    MonitorReport report =
        Town.check(SPEC, subject, List.of(Town.run("good", 1, profile(1000)), failed));
    assertEquals(List.of("good"), report.runsUsed());
    assertEquals(List.of(new LeftOutRun("failed", "failed")), report.runsLeftOut());
    assertEquals(Severity.WARNING, report.severity());
    assertEquals("warning: failed_runs is 1", report.summary());
  }

  @Test
  void runs_are_chosen_by_age_and_by_name() {
    List<Map<String, Object>> runs =
        List.of(
            Town.run("a", 50, profile(300)),
            Town.run("b", 20, profile(300)),
            Town.run("c", 1, profile(300)));
    RunSelection day = new RunSelection.Within(Duration.ofHours(24));
    assertEquals(List.of("b", "c"), Town.check(SPEC.withRuns(day), subject, runs).runsUsed());
    RunSelection since = MonitorSpec.since("2026-07-30T00:00:00Z");
    assertEquals(
        List.of("a", "b", "c"), Town.check(SPEC.withRuns(since), subject, runs).runsUsed());
    RunSelection named = new RunSelection.Named(List.of("a"));
    assertEquals(List.of("a"), Town.check(SPEC.withRuns(named), subject, runs).runsUsed());
    RunSelection last = new RunSelection.Last(2);
    assertEquals(List.of("b", "c"), Town.check(SPEC.withRuns(last), subject, runs).runsUsed());
  }

  @Test
  void a_named_run_must_exist_and_be_of_the_bundle() {
    Map<String, Object> other = Town.run("other", 1, profile(300));
    other.put("digest", "cd".repeat(32));
    MonitorSpec none = SPEC.withRuns(new RunSelection.Named(List.of("nope")));
    Failure missing = assertThrows(Failure.class, () -> Town.check(none, subject, List.of(other)));
    assertEquals(FailureKind.NOT_FOUND, missing.kind());
    assertEquals("the newest is other", missing.problems().get(0).hint());
    MonitorSpec wrong = SPEC.withRuns(new RunSelection.Named(List.of("other")));
    Failure foreign = assertThrows(Failure.class, () -> Town.check(wrong, subject, List.of(other)));
    assertEquals(FailureKind.USAGE, foreign.kind());
  }

  @Test
  void without_runs_there_is_not_enough_data() {
    MonitorReport report = Town.check(SPEC, subject, List.of());
    assertEquals(Severity.NOT_ENOUGH_DATA, report.severity());
    assertEquals("not enough data: 0 rows", report.summary());
    assertFalse(report.reaches(Severity.WARNING));
  }

  @Test
  void a_small_baseline_is_not_enough_data() {
    Profile small = Town.baseline(Town.days(random, 40));
    MonitorReport report = Town.check(Town.subject(small), Town.profile(small, shifted(1000)));
    assertEquals(Severity.NOT_ENOUGH_DATA, report.severity());
    assertEquals(
        "40 rows in the baseline where 50 are needed", finding(report, "temp", "psi").note());
  }

  @Test
  void few_rows_that_are_almost_all_rejected_are_critical_all_the_same() {
    Map<String, Object> run = Town.run("r", 1, profile(2));
    run.put("rows_in", 40L);
    run.put("rows_rejected", 38L);
    MonitorReport report = Town.check(SPEC, subject, List.of(run));
    assertEquals(Severity.CRITICAL, finding(report, "", "rejected_ratio").severity());
    run.put("rows_rejected", 1L);
    MonitorReport one = Town.check(SPEC, subject, List.of(run));
    assertEquals(Severity.NOT_ENOUGH_DATA, finding(one, "", "rejected_ratio").severity());
  }

  @Test
  void a_column_that_is_empty_now_is_critical_by_its_missing_values() {
    List<Day> days = Town.days(random, 1000).stream().map(day -> day.with(0, Double.NaN)).toList();
    MonitorReport report = Town.check(subject, Town.profile(baseline, days));
    assertEquals(Severity.NOT_ENOUGH_DATA, finding(report, "temp", "psi").severity());
    Finding missing = finding(report, "temp", "missing_increase");
    assertEquals(Severity.CRITICAL, missing.severity());
    assertEquals("100.0 % missing", missing.note());
    assertEquals(missing, report.findings().get(0));
  }

  @Test
  void new_categories_are_named() {
    List<Day> days =
        Town.days(random, 1000).stream()
            .map(day -> day.weather().equals("mist") ? day.withWeather("fog") : day)
            .toList();
    Finding found =
        finding(Town.check(subject, Town.profile(baseline, days)), "weather", "new_categories");
    assertEquals(Severity.CRITICAL, found.severity());
    assertTrue(found.note().contains("new: \"fog\" ("), found.note());
  }

  @Test
  void thresholds_of_a_column_replace_the_general_ones_and_ignored_columns_are_left_out() {
    MonitorSpec spec =
        spec(
            """
            model: town@prod
            columns:
              temp: {psi: {warning: 90, critical: 99}, jensen_shannon: {warning: none, critical: none}}
              prediction: {ignore: true}
            """);
    MonitorReport report =
        Town.check(spec, subject, List.of(Town.run("r", 1, Town.profile(baseline, shifted(1000)))));
    assertEquals(Severity.OK, finding(report, "temp", "psi").severity());
    assertEquals(Severity.OK, report.severity());
    assertTrue(report.findings().stream().noneMatch(f -> f.column().equals("prediction")));
  }

  @Test
  void an_unknown_column_is_a_fault_at_its_place() {
    MonitorSpec spec = spec("model: a\ncolumns:\n  tmp: {ignore: true}\n");
    Failure failure = assertThrows(Failure.class, () -> Town.check(spec, subject, List.of()));
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals("the model has no column \"tmp\"", failure.getMessage());
    assertTrue(failure.problems().get(0).at().startsWith("monitor.yaml:3:"));
  }

  @Test
  void a_rollback_is_wanted_only_when_critical_and_asked_for() {
    MonitorSpec asked = spec("model: a\non_critical: rollback\n");
    List<Map<String, Object>> bad =
        List.of(Town.run("r", 1, Town.profile(baseline, shifted(1000))));
    assertTrue(Town.check(asked, subject, bad).wantsRollback());
    assertFalse(Town.check(SPEC, subject, bad).wantsRollback());
    List<Map<String, Object>> good = List.of(Town.run("r", 1, profile(1000)));
    assertFalse(Town.check(asked, subject, good).wantsRollback());
  }

  @Test
  void staleness_warns_when_it_has_a_threshold() {
    MonitorSpec spec =
        spec("model: a\nthresholds: {staleness_hours: {warning: 24, critical: 48}}\n");
    MonitorReport report = Town.check(spec, subject, List.of(Town.run("r", 30, profile(1000))));
    Finding stale = finding(report, "", "staleness_hours");
    assertEquals(30, stale.value(), 1e-9);
    assertEquals(Severity.WARNING, stale.severity());
    assertEquals(1000 / 3600.0, finding(report, "", "rows_per_second").value(), 1e-9);
  }

  @Test
  void a_record_of_other_bins_or_without_a_key_is_damaged() {
    Profile other = Town.baseline(Town.days(random, 3000));
    Map<String, Object> foreign = Town.run("r", 1, other);
    Failure bins = assertThrows(Failure.class, () -> Town.check(SPEC, subject, List.of(foreign)));
    assertEquals(FailureKind.INVALID, bins.kind());
    Map<String, Object> short1 = Town.run("r", 1, profile(300));
    short1.remove("digest");
    Failure key = assertThrows(Failure.class, () -> Town.check(SPEC, subject, List.of(short1)));
    assertEquals("the record of run r cannot be read: \"digest\" is missing", key.getMessage());
  }

  @Test
  void the_report_is_json_and_its_tables_have_the_worst_first() {
    MonitorReport report = Town.check(subject, Town.profile(baseline, shifted(1000)));
    String json = Json.write(report.toMap());
    Map<String, Object> read = Json.readObject("report", json.getBytes(StandardCharsets.UTF_8));
    assertEquals("mlctl/v1", read.get("apiVersion"));
    assertEquals("critical", read.get("severity"));
    assertEquals(report.findings().size(), ((List<?>) read.get("findings")).size());
    List<String> first = report.columnTable().rows().get(0);
    assertEquals("critical", first.get(0));
    assertTrue(List.of("temp", "prediction").contains(first.get(1)), first.toString());
    assertTrue(first.get(8).matches("(psi|jensen_shannon) .* reaches 0\\..*"), first.toString());
    assertEquals(7, report.columnTable().rows().size());
    assertEquals("ok", report.serviceTable().rows().get(0).get(0));
  }

  private Profile profile(int rows) {
    return Town.profile(baseline, Town.resampled(random, training, rows));
  }

  private List<Day> shifted(int rows) {
    return Town.days(random, rows).stream()
        .map(
            d ->
                new Day(
                    d.numbers()[0] + 5,
                    d.numbers()[1],
                    d.numbers()[2],
                    d.numbers()[3],
                    d.weather(),
                    d.street()))
        .toList();
  }

  private static MonitorSpec spec(String yaml) {
    Path here = Path.of("");
    return MonitorSpec.from(
        ConfigFile.parse("monitor.yaml", yaml, MonitorSpec.SHAPE, List.of(), n -> null, here),
        here);
  }

  private static Map<String, Object> throughJson(Map<String, Object> run) {
    return Json.readObject("run", Json.write(run).getBytes(StandardCharsets.UTF_8));
  }

  private static Finding finding(MonitorReport report, String column, String statistic) {
    return report.findings().stream()
        .filter(f -> f.column().equals(column) && f.statistic().equals(statistic))
        .findFirst()
        .orElseThrow();
  }

  private static List<Finding> judged(MonitorReport report) {
    return report.findings().stream().filter(f -> f.about() != Finding.About.RUNS).toList();
  }
}
