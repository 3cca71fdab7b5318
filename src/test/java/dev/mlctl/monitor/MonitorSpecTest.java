package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.JsonSchema;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class MonitorSpecTest {
  @ParameterizedTest
  @CsvFileSource(
      resources = "spec-faults.csv",
      numLinesToSkip = 1,
      delimiter = '|',
      quoteCharacter = '\0')
  void faults_are_told_with_their_place(String yaml, String at, String message) {
    Failure failure = assertThrows(Failure.class, () -> spec(yaml.replace("\\n", "\n")));
    assertEquals(FailureKind.USAGE, failure.kind());
    Problem problem = failure.problems().get(0);
    assertEquals(message, problem.message());
    assertEquals("monitor.yaml:" + at, problem.at());
  }

  @Test
  void the_defaults_are_those_of_the_field() {
    MonitorSpec spec = MonitorSpec.defaults("bikes@prod");
    assertEquals("bikes@prod", spec.model());
    assertEquals(Optional.empty(), spec.runs());
    assertEquals(WindowSpec.DEFAULT, spec.windows());
    assertEquals(List.of(), spec.rules());
    assertEquals(new Threshold(0.1, 0.25), spec.threshold("psi"));
    assertEquals(new Threshold(0.1, 0.2), spec.threshold("temp", "jensen_shannon"));
    assertEquals(Threshold.NONE, spec.threshold("ks"));
    assertEquals(new Threshold(1.1, 1.25), spec.threshold("rmse_ratio"));
    assertEquals(new Threshold(0.02, 0.05), spec.threshold("auc_drop"));
    assertEquals(
        new Threshold(0.05, Double.POSITIVE_INFINITY), spec.threshold("estimated_accuracy_drop"));
    assertEquals(50, spec.minRows());
    assertEquals(new DriftSpec("auto", false), spec.drift());
  }

  @Test
  void a_full_file_is_understood() {
    MonitorSpec spec =
        spec(
            """
            model: bikes@prod
            runs: {since: P7D}
            thresholds:
              drift: ks
              learned: true
              psi: {warning: 0.2, critical: none}
              metrics: {rmse_ratio: {warning: 1.05}}
            columns:
              temp: {psi: {critical: 3}}
              instant: {ignore: true}
            min_rows: 500
            labels:
              path: [labels.csv, late/*.csv]
              key: instant
              target: count
              slices: [season]
              min_coverage: 0.8
            estimate: {auc_drop: {warning: 0.03, critical: 0.1}}
            on_critical: rollback
            """);
    assertEquals(Optional.of(new RunSelection.Within(Duration.ofDays(7))), spec.runs());
    assertEquals(Severity.WARNING, spec.threshold("psi").judge(1e9));
    assertEquals(new DriftSpec("ks", true), spec.drift());
    assertEquals(new Threshold(0.2, 3), spec.threshold("temp", "psi"));
    assertEquals(new Threshold(1.05, 1.25), spec.threshold("rmse_ratio"));
    assertTrue(spec.ignores("instant"));
    LabelSource labels = spec.labels().orElseThrow();
    assertEquals(List.of(Path.of("here/labels.csv"), Path.of("here/late/*.csv")), labels.paths());
    assertEquals(List.of("season"), labels.slices());
    assertEquals(0.8, labels.minCoverage());
    assertEquals(new Threshold(0.03, 0.1), spec.threshold("estimated_auc_drop"));
    assertTrue(spec.rollbackOnCritical());
  }

  @Test
  void actions_are_taken_in_turn_whatever_the_order_of_the_file() {
    MonitorSpec spec =
        spec(
            """
            model: bikes@prod
            actions:
              critical:
                - {type: retrain, config: train.yaml, set: {params.trees: 5, model: "7"}}
                - {type: command, command: [bin/page.sh, ./a]}
                - {type: webhook, url: "https://a.test/token", headers: {A: b}}
                - {type: file, path: alerts.jsonl}
                - {type: log}
              recovered: [{type: log}]
            on_critical: rollback
            """);
    assertEquals(
        List.of("file", "log", "command", "webhook", "rollback", "retrain"),
        spec.actions().of(Severity.CRITICAL).stream().map(Action::type).toList());
    assertEquals(List.of(), spec.actions().of(Severity.WARNING));
    assertEquals(List.of(new Action.Log()), spec.actions().recovered());
    Action.Command command = (Action.Command) spec.actions().critical().get(2);
    assertEquals(
        List.of(Path.of("here/bin/page.sh").toAbsolutePath().toString(), "./a"), command.command());
    Action.Webhook webhook = (Action.Webhook) spec.actions().critical().get(3);
    assertEquals("https://a.test", webhook.shown());
    Action.Retrain retrain = (Action.Retrain) spec.actions().critical().get(5);
    assertEquals(List.of("params.trees=5", "model=\"7\""), retrain.overrides());
    assertEquals(Path.of("here/train.yaml"), retrain.config());
  }

  @Test
  void a_time_chooses_runs_since_then() {
    assertEquals(
        new RunSelection.Since(Instant.parse("2026-01-31T00:00:00Z")),
        MonitorSpec.since("2026-01-31T00:00:00Z"));
  }

  @Test
  void editors_get_a_schema() {
    assertTrue(JsonSchema.of("monitor.yaml", MonitorSpec.SHAPE).containsKey("properties"));
  }

  static MonitorSpec spec(String yaml) {
    Path here = Path.of("here");
    return MonitorSpec.from(
        ConfigFile.parse("monitor.yaml", yaml, MonitorSpec.SHAPE, List.of(), n -> null, here),
        here);
  }
}
