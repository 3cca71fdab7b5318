package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.Latencies;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Bundle;
import dev.mlctl.monitor.Finding.About;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Latency, speed and age of runs of thousand rows in an hour each. */
class RunChecksTest {
  private static final String OTHER = "cd".repeat(32);

  private final Profile baseline = Town.baseline(Town.days(new Random(11), 1000));
  private final Subject subject = Town.subject(baseline);

  /** Of two runs with 100 batches, 97 of a millisecond and three of 100, loaded in 40 and 90 ms. */
  @ParameterizedTest
  @CsvFileSource(resources = "run-checks.csv", numLinesToSkip = 1, delimiter = '|')
  void what_runs_tell_is_judged_over_all_of_them(
      String thresholds, String statistic, double value, String severity) {
    List<Map<String, Object>> runs = List.of(run("a", 3, 97, 0, 40.0), run("b", 1, 0, 3, 90.0));
    MonitorSpec spec = spec("runs: {last: 2}\nthresholds: {" + thresholds + "}");
    Finding found = finding(Town.check(spec, subject, runs), statistic).orElseThrow();
    assertEquals(value, found.value(), 0.05 * value);
    assertEquals(severity, found.severity().word());
  }

  @Test
  void records_without_latencies_say_nothing_of_them() {
    MonitorReport report = Town.check(spec(""), subject, List.of(Town.run("r", 1, baseline)));
    assertTrue(report.findings().stream().noneMatch(f -> f.statistic().startsWith("latency")));
    assertEquals(Optional.empty(), finding(report, "model_load_ms"));
    assertEquals(Optional.empty(), finding(report, "staleness"));
  }

  @Test
  void a_rule_can_be_about_latency_and_about_speed() {
    MonitorSpec spec =
        spec(
            """
            rules:
              - {metric: latency_p99_ms, above: 50, severity: warning}
              - {metric: rows_per_second}
            thresholds: {rows_per_second: {critical: 0.3}}
            """);
    MonitorReport report = Town.check(spec, subject, List.of(run("a", 1, 97, 3, 40.0)));
    assertEquals(
        List.of("rows_per_second", "latency_p99_ms"),
        report.alerts().stream().map(Alert::rule).toList());
    assertEquals(
        true, finding(report, "rows_per_second").orElseThrow().toMap().get("less_is_worse"));
  }

  /**
   * A run is expected every day.
   *
   * @param run how many hours ago the only run ended, or none
   * @param log what was released and how many hours ago, newest last: o our bundle, x another
   * @param value empty when there is to be no finding
   */
  @ParameterizedTest
  @CsvSource({
    "30, o100, 1.250, ok",
    "40, o100, 1.667, warning",
    "80, o100, 3.333, critical",
    "80, '', 3.333, critical",
    "'', o30, 1.250, ok",
    "'', o100, 4.167, critical",
    "500, o600 x400 o10, 0.417, ok",
    "500, o600 x400 o100 o10, 4.167, critical",
    "80, o600 x1, '', ''",
    "'', '', '', ''"
  })
  void a_release_is_stale_when_nothing_happened_for_too_long(
      String run, String log, String value, String severity) {
    Optional<Finding> found =
        finding(stale(run.isEmpty() ? List.of() : List.of(run), log, ""), "staleness");
    assertEquals(value, found.map(f -> ReportTables.number(f.value())).orElse(""));
    assertEquals(severity, found.map(f -> f.severity().word()).orElse(""));
  }

  @Test
  void the_newest_run_counts_whichever_are_judged() {
    MonitorReport report = stale(List.of("80", "12"), "", "runs: {id: r80}\n");
    assertEquals(List.of("r80"), report.runsUsed());
    assertEquals(0.5, finding(report, "staleness").orElseThrow().value());
    assertEquals(
        "12 hours since run r12 ended, where a run is expected every 24",
        finding(report, "staleness").orElseThrow().note());
    MonitorReport none = stale(List.of("80"), "", "runs: {since: PT1H}\n");
    assertEquals(List.of(), none.runsUsed());
    assertEquals(Severity.CRITICAL, none.severity());
  }

  @Test
  void how_stale_is_bad_can_be_said() {
    MonitorReport report = stale(List.of("80"), "", "thresholds: {staleness: {critical: none}}\n");
    assertEquals(Severity.WARNING, finding(report, "staleness").orElseThrow().severity());
  }

  private MonitorReport stale(List<String> hoursAgo, String log, String yaml) {
    List<Map<String, Object>> runs = new ArrayList<>();
    hoursAgo.forEach(h -> runs.add(Town.run("r" + h, Double.parseDouble(h), baseline)));
    List<ReleaseEvent> events = new ArrayList<>();
    for (String event : log.isEmpty() ? new String[0] : log.split(" ")) {
      String digest = event.charAt(0) == 'o' ? Town.DIGEST : OTHER;
      Instant at = Town.NOW.minusSeconds(3600 * Long.parseLong(event.substring(1)));
      events.add(new ReleaseEvent(at, events.size() + 1, "deploy", digest, ""));
    }
    MonitorSpec spec = spec("expected_every: PT24H\n" + yaml);
    return Monitoring.check(spec, subject, new Logged(Records.of(runs), events), Town.CLOCK);
  }

  /** Records with a log of releases. */
  private record Logged(Records runs, List<ReleaseEvent> events) implements Records {
    @Override
    public List<String> ids() {
      return runs.ids();
    }

    @Override
    public Map<String, Object> read(String id) {
      return runs.read(id);
    }

    @Override
    public Optional<Bundle> bundle(String digest) {
      return Optional.empty();
    }
  }

  private Map<String, Object> run(String id, double hoursAgo, int fast, int slow, double load) {
    Latencies.Counter counter = new Latencies.Counter();
    for (int i = 0; i < fast + slow; i++) {
      counter.add(i < fast ? 1_000_000 : 100_000_000);
    }
    Map<String, Object> run = Town.run(id, hoursAgo, baseline);
    run.put("service", Map.of("latency_counts", counter.counted().text(), "model_load_ms", load));
    return run;
  }

  private static Optional<Finding> finding(MonitorReport report, String statistic) {
    return report.findings().stream()
        .filter(f -> f.about() == About.RUNS && f.statistic().equals(statistic))
        .findFirst();
  }

  private static MonitorSpec spec(String yaml) {
    return MonitorSpec.from(
        ConfigFile.parse(
            "monitor.yaml",
            "model: town@prod\n" + yaml,
            MonitorSpec.SHAPE,
            List.of(),
            name -> null,
            Path.of("")),
        Path.of(""));
  }
}
