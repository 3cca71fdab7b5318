package dev.mlctl.monitor;

import dev.mlctl.data.Latencies;
import dev.mlctl.monitor.Finding.About;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the runs themselves tell: rejected rows, failures, speed and age. */
final class RunChecks {
  /** Standard errors of Wilson's interval that a share over few rows is judged by. */
  private static final double WIDE = 3;

  /** From how many rows on a share is taken as it is: a few rows are several per cent of fewer. */
  private static final long PLAIN = 200;

  private final MonitorSpec spec;
  private final ChosenRuns runs;
  private final List<Finding> findings = new ArrayList<>();

  private RunChecks(MonitorSpec spec, ChosenRuns runs) {
    this.spec = spec;
    this.runs = runs;
  }

  static List<Finding> of(MonitorSpec spec, ChosenRuns runs, Clock clock) {
    RunChecks checks = new RunChecks(spec, runs);
    checks.rejected();
    checks.failed();
    checks.throughput();
    checks.latency();
    checks.modelLoad();
    checks.staleness(clock);
    return checks.findings;
  }

  private void rejected() {
    long in = runs.used().stream().mapToLong(RunRecord::rowsIn).sum();
    long rejected = runs.used().stream().mapToLong(RunRecord::rowsRejected).sum();
    if (in == 0) {
      return;
    }
    Threshold threshold = spec.threshold("rejected_ratio");
    double ratio = (double) rejected / in;
    String note = rejected + " of " + in + " rows";
    Severity severity = threshold.judge(ratio);
    if (in < Math.max(PLAIN, spec.minRows())) {
      severity = threshold.judge(surelyAbove(ratio, in));
      severity = severity == Severity.OK ? Severity.NOT_ENOUGH_DATA : severity;
    }
    add("rejected_ratio", ratio, threshold, in, severity, note);
  }

  /** The lower end of Wilson's score interval (1927) at three standard errors. */
  static double surelyAbove(double ratio, long rows) {
    double z = WIDE * WIDE / rows;
    double middle = ratio + z / 2;
    double half = Math.sqrt(z * ratio * (1 - ratio) + z * z / 4);
    return Math.max(0, (middle - half) / (1 + z));
  }

  private void failed() {
    Threshold threshold = spec.threshold("failed_runs");
    int failed = runs.failed();
    long rows = runs.used().stream().mapToLong(RunRecord::rowsIn).sum();
    add("failed_runs", failed, threshold, rows, threshold.judge(failed), "");
  }

  private void throughput() {
    double seconds = runs.used().stream().mapToDouble(RunRecord::seconds).sum();
    long in = runs.used().stream().mapToLong(RunRecord::rowsIn).sum();
    if (seconds > 0) {
      judge(MonitorShape.SPEED, in / seconds, in, "");
    }
  }

  /** Of all batches together, for quantiles of runs cannot be put together. */
  private void latency() {
    Latencies all = Latencies.NONE;
    long rows = 0;
    for (RunRecord run : runs.used()) {
      all = all.plus(run.service().latency());
      rows += run.service().latency().count() > 0 ? run.rowsIn() : 0;
    }
    if (all.count() > 0) {
      String note = all.count() + " batches";
      judge("latency_p50_ms", all.millis(0.5), rows, note);
      judge("latency_p95_ms", all.millis(0.95), rows, note);
      judge("latency_p99_ms", all.millis(0.99), rows, note);
    }
  }

  private void modelLoad() {
    runs.used().stream()
        .filter(run -> run.service().modelLoadMillis() > 0)
        .max(Comparator.comparingDouble(run -> run.service().modelLoadMillis()))
        .ifPresent(
            slowest ->
                judge(
                    "model_load_ms",
                    slowest.service().modelLoadMillis(),
                    slowest.rowsIn(),
                    "in run " + slowest.id()));
  }

  private void staleness(Clock clock) {
    runs.used().stream()
        .max(Comparator.comparing(RunRecord::finished))
        .ifPresent(
            newest -> {
              Duration age = Duration.between(newest.finished(), clock.instant());
              double hours = Math.max(0, age.toMillis() / 3_600_000.0);
              Threshold threshold = spec.threshold("staleness_hours");
              add(
                  "staleness_hours",
                  hours,
                  threshold,
                  newest.rowsIn(),
                  threshold.judge(hours),
                  "since run " + newest.id());
            });
  }

  private void judge(String statistic, double value, long rows, String note) {
    Threshold threshold = spec.threshold(statistic);
    add(statistic, value, threshold, rows, threshold.judge(value), note);
  }

  private void add(
      String statistic,
      double value,
      Threshold threshold,
      long rows,
      Severity severity,
      String note) {
    findings.add(
        new Finding(
            About.RUNS, "", statistic, value, threshold, 0, rows, Double.NaN, severity, note));
  }
}
