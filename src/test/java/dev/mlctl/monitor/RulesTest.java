package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.Slice;
import dev.mlctl.error.Failure;
import dev.mlctl.monitor.Town.Day;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final String TWO_OF_THREE =
      """
      model: town@prod
      rules:
        - {name: warmer, metric: psi, column: temp, above: 0.3, breach: 2, of: 3}
        - {metric: jensen_shannon, column: temp, silence_until: "2026-08-02"}
        - {metric: wasserstein, column: temp, silence_until: "2026-08-02"}
        - {metric: jensen_shannon, column: prediction, silence_until: "2026-08-02"}
        - {metric: psi, column: prediction, silence_until: "2026-08-02"}
      """;

  private final Random random = new Random(11);
  private final List<Day> training = Town.days(random, 4000);
  private final Profile baseline = Town.baseline(training);
  private final Subject subject = Town.subject(baseline);

  /** Runs oldest first: w for one that is far warmer, o for one like the training days. */
  @ParameterizedTest
  @CsvSource({
    "w, warning, 0",
    "ow, warning, 0",
    "ww, critical, 2",
    "wow, critical, 2",
    "woow, warning, 0",
    "wwo, critical, 2",
    "wwoo, ok, 0",
    "wwwo, critical, 2",
    "www, critical, 3",
    "oo, ok, 0"
  })
  void a_rule_holds_when_enough_of_the_last_windows_breach(
      String runs, String severity, int breached) {
    MonitorReport report = Town.check(spec(TWO_OF_THREE), subject, runs(runs));
    Finding psi = finding(report, "psi", "temp");
    assertEquals(severity, psi.severity().word(), psi::note);
    List<Alert> alerts = report.alerts().stream().filter(a -> a.rule().equals("warmer")).toList();
    assertEquals(breached > 0 ? 1 : 0, alerts.size());
    alerts.forEach(alert -> assertEquals(breached, alert.breached()));
    assertEquals(runs.length(), report.timeline().windows().size());
  }

  @Test
  void a_release_begins_with_no_breach_of_the_one_before() {
    List<Map<String, Object>> runs = runs("www");
    runs.get(0).put("digest", "cd".repeat(32));
    runs.get(1).put("digest", "cd".repeat(32));
    MonitorReport report = Town.check(spec(TWO_OF_THREE), subject, runs);
    assertEquals(Severity.WARNING, finding(report, "psi", "temp").severity());
  }

  @Test
  void a_silenced_rule_is_quiet_until_its_time() {
    String yaml =
        "model: town@prod\nrules:\n  - {metric: psi, column: temp, silence_until: \"%s\"}";
    Finding quiet = psi(yaml.formatted("2026-08-02"));
    assertEquals(Severity.OK, quiet.severity());
    assertEquals("critical, but silenced until 2026-08-02T00:00:00Z", quiet.note());
    assertEquals(Severity.CRITICAL, psi(yaml.formatted("2026-08-01T12:00:00Z")).severity());
  }

  private Finding psi(String yaml) {
    return finding(Town.check(spec(yaml), subject, runs("w")), "psi", "temp");
  }

  @Test
  void thresholds_have_to_be_breached_as_often_as_windows_say() {
    String yaml = "model: town@prod\nwindows: {breach: 2, of: 2}";
    MonitorReport once = Town.check(spec(yaml), subject, runs("ow"));
    assertEquals(Severity.OK, once.severity());
    assertEquals(
        "breached in 1 of the last 2 windows, 2 needed", finding(once, "psi", "temp").note());
    MonitorReport twice = Town.check(spec(yaml), subject, runs("ww"));
    assertEquals(Severity.CRITICAL, twice.severity());
    assertTrue(twice.alerts().stream().allMatch(a -> a.rule().equals(Alert.THRESHOLDS)));
  }

  @Test
  void windows_without_enough_rows_neither_breach_nor_reassure() {
    List<Map<String, Object>> runs = runs("ww");
    runs.add(1, Town.run("few", 1.5, Town.profile(baseline, days(20, 'o'))));
    MonitorReport report = Town.check(spec(TWO_OF_THREE), subject, runs);
    assertEquals(Severity.CRITICAL, finding(report, "psi", "temp").severity());
  }

  @Test
  void less_can_be_worse() {
    String yaml = "model: town@prod\nrules:\n  - {metric: rows_per_second, below: %s}";
    assertEquals("rows_per_second is 0.278", alarms(yaml.formatted("0.3")).get(0).message());
    assertEquals(List.of(), alarms(yaml.formatted("0.2")));
  }

  private List<Alert> alarms(String yaml) {
    return Town.check(spec(yaml), subject, runs("o")).alerts();
  }

  @Test
  void runs_of_a_day_are_judged_together() {
    List<Map<String, Object>> runs = runs("oow");
    MonitorReport report = Town.check(spec("model: town@prod\nwindows: {by: P1D}"), subject, runs);
    assertEquals(List.of("r0", "r1", "r2"), report.runsUsed());
    WindowReport day = report.timeline().windows().get(0);
    assertEquals("2026-08-01", day.label());
    assertEquals(3000, day.rows());
    assertEquals(report.severity(), day.severity());
    assertEquals(7, day.release().orElseThrow());
  }

  @Test
  void a_slice_is_held_against_itself_in_the_windows_before() {
    String yaml =
        "model: town@prod\nrules:\n  - {name: north, metric: psi, column: temp, slice: region=north}";
    MonitorReport same = Town.check(spec(yaml), subject, sliced("cccc"));
    assertEquals(Severity.OK, north(same).severity(), north(same)::note);
    assertEquals(1000, north(same).currentRows());
    assertEquals(3000, north(same).baselineRows());
    MonitorReport warmer = Town.check(spec(yaml), subject, sliced("cccw"));
    assertEquals(Severity.CRITICAL, north(warmer).severity());
    Alert alert =
        warmer.alerts().stream().filter(a -> a.rule().equals("north")).findFirst().orElseThrow();
    assertTrue(alert.message().startsWith("psi of temp in region=north is "), alert::message);
    assertEquals(
        Severity.NOT_ENOUGH_DATA, north(Town.check(spec(yaml), subject, runs("oo"))).severity());
  }

  private static Finding north(MonitorReport report) {
    return report.findings().stream()
        .filter(f -> f.slice().equals("region=north") && f.statistic().equals("psi"))
        .findFirst()
        .orElseThrow();
  }

  /** Runs with a slice of cold days that turn warm; all days together stay what they were. */
  private List<Map<String, Object>> sliced(String kinds) {
    List<Map<String, Object>> runs = runs("o".repeat(kinds.length()));
    for (int i = 0; i < kinds.length(); i++) {
      int warmer = kinds.charAt(i) == 'w' ? 5 : -5;
      List<Day> days =
          days(1000, 'o').stream().map(d -> d.with(0, d.numbers()[0] + warmer)).toList();
      SortedMap<Slice, Profile> slices = new TreeMap<>();
      slices.put(new Slice("region", "north"), Town.profile(baseline, days));
      Profile whole = Town.profile(baseline, days(1000, 'o'));
      RunProfile profile = new RunProfile(whole, "", new TreeMap<>(), new TreeMap<>(), slices);
      runs.get(i).put("profile", new ProfileFormat(baseline).toMap(profile));
    }
    return runs;
  }

  @Test
  void rows_are_judged_by_the_window_of_their_own_time() {
    List<Map<String, Object>> runs = runs("oo");
    runs.get(0).put("profile", months(Map.of("2012-01", 800, "2012-02", 200)));
    runs.get(1).put("profile", months(Map.of("2012-02", 700)));
    MonitorReport report =
        Town.check(spec("model: town@prod\nwindows: {by: event}"), subject, runs);
    List<WindowReport> windows = report.timeline().windows();
    assertEquals(
        List.of("2012-01: 800 in 1", "2012-02: 900 in 2"),
        windows.stream().map(w -> w.label() + ": " + w.rows() + " in " + w.runs()).toList());
    assertEquals(900, report.rows());
    assertEquals(List.of("r0", "r1"), report.runsUsed());
  }

  private Map<String, Object> months(Map<String, Integer> rows) {
    SortedMap<Instant, Profile> windows = new TreeMap<>();
    rows.forEach(
        (month, count) ->
            windows.put(
                Instant.parse(month + "-01T00:00:00Z"), Town.profile(baseline, days(count, 'o'))));
    ProfileSum whole = ProfileSum.ofCounts(baseline);
    windows.values().forEach(whole::add);
    return new ProfileFormat(baseline)
        .toMap(new RunProfile(whole.profile(), "P1M", windows, new TreeMap<>(), new TreeMap<>()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{metric: psy} | monitor.yaml:2:19 | expected one of psi, ",
        "{metric: psi, breach: 3, of: 2} | monitor.yaml:2:35 | 3 of 2 windows can never breach",
        "{metric: psi, above: 1, below: 2} | monitor.yaml:2:34 | a rule is either about above or about below",
        "{metric: psi, slice: a=b, breach: 2} | monitor.yaml:2:36 | such a rule looks at the newest window",
        "{metric: psi, silence_until: tomorrow} | monitor.yaml:2:24 | \"tomorrow\" is no time"
      })
  void faults_of_rules_are_told_with_their_place(String rule, String at, String message) {
    Failure failure =
        assertThrows(Failure.class, () -> spec("model: town@prod\nrules: [ " + rule + " ]"));
    String told = failure.problems().get(0).message();
    assertTrue(told.startsWith(message), told);
    assertEquals(at, failure.problems().get(0).at());
  }

  @Test
  void a_rule_about_a_column_that_the_model_does_not_have_is_a_fault() {
    MonitorSpec spec = spec("model: town@prod\nrules: [{metric: psi, column: temq}]");
    Failure failure = assertThrows(Failure.class, () -> Town.check(spec, subject, runs("o")));
    assertEquals("the model has no column \"temq\"", failure.problems().get(0).message());
  }

  /** Thousand rows each, an hour apart, the last an hour ago. */
  private List<Map<String, Object>> runs(String kinds) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int i = 0; i < kinds.length(); i++) {
      Profile profile = Town.profile(baseline, days(1000, kinds.charAt(i)));
      runs.add(Town.run("r" + i, kinds.length() - i, profile));
    }
    return runs;
  }

  private List<Day> days(int count, char kind) {
    List<Day> days = Town.resampled(random, training, count);
    return kind == 'o'
        ? days
        : days.stream().map(day -> day.with(0, day.numbers()[0] + 5)).toList();
  }

  private static Finding finding(MonitorReport report, String statistic, String column) {
    return report.findings().stream()
        .filter(f -> f.statistic().equals(statistic) && f.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static MonitorSpec spec(String yaml) {
    Path here = Path.of("here");
    return MonitorSpec.from(
        ConfigFile.parse("monitor.yaml", yaml, MonitorSpec.SHAPE, List.of(), n -> null, here),
        here);
  }
}
