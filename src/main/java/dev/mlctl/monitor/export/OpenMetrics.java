package dev.mlctl.monitor.export;

import dev.mlctl.monitor.Alert;
import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.JudgedRelease;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A report as OpenMetrics text, version 1.0: gauges per finding and per release, and the release's
 * severity as a state set. What is no finite number is left out. The order is that of the findings
 * by name, so that two files differ only where the figures do.
 */
public final class OpenMetrics {
  private static final double SECONDS_PER_HOUR = 3600;

  private final MonitorReport report;
  private final Map<String, String> release = new LinkedHashMap<>();
  private final List<Finding> findings;
  private final StringBuilder out = new StringBuilder();

  private OpenMetrics(MonitorReport report) {
    this.report = report;
    JudgedRelease names = JudgedRelease.of(report.reference());
    release.put("model", names.model());
    release.put("environment", names.environment());
    release.put("release", names.number());
    this.findings =
        report.findings().stream()
            .sorted((a, b) -> labels(a).toString().compareTo(labels(b).toString()))
            .toList();
  }

  /** The text, which ends in {@code # EOF}. */
  public static String of(MonitorReport report) {
    OpenMetrics metrics = new OpenMetrics(report);
    metrics.release();
    metrics.findings();
    return metrics.out.append("# EOF\n").toString();
  }

  private void release() {
    severity();
    gauge("mlctl_release_rows", "", "Rows of the runs that were judged.", (double) report.rows());
    gauge(
        "mlctl_release_baseline_rows", "", "Rows of the baseline.", (double) report.baselineRows());
    gauge("mlctl_release_runs", "", "Runs that were judged.", report.runsUsed().size());
    gauge("mlctl_release_runs_left_out", "", "Runs not judged.", report.runsLeftOut().size());
    double checked = report.checkedAt().toEpochMilli() / 1e3;
    gauge("mlctl_release_checked_timestamp_seconds", "seconds", "When it was judged.", checked);
    measured("staleness_hours")
        .ifPresent(
            hours ->
                gauge(
                    "mlctl_release_last_run_age_seconds",
                    "seconds",
                    "How long ago the newest run ended.",
                    hours * SECONDS_PER_HOUR));
    measured("rows_per_second")
        .ifPresent(
            speed -> gauge("mlctl_release_rows_per_second", "", "How fast the runs were.", speed));
    measured("rejected_ratio")
        .ifPresent(
            ratio ->
                gauge(
                    "mlctl_release_rejected_ratio",
                    "ratio",
                    "Rows rejected of those read.",
                    ratio));
    alerts();
  }

  private OptionalDouble measured(String statistic) {
    return findings.stream()
        .filter(f -> f.column().isEmpty() && f.slice().isEmpty())
        .filter(f -> f.statistic().equals(statistic) && Double.isFinite(f.value()))
        .mapToDouble(Finding::value)
        .findFirst();
  }

  private void severity() {
    String name = "mlctl_release_severity";
    head(name, "stateset", "", "What the judgement came to.");
    for (Severity severity : Severity.values()) {
      Map<String, String> labels = new LinkedHashMap<>(release);
      labels.put(name, severity.word());
      sample(name, labels, severity == report.severity() ? 1 : 0);
    }
  }

  private void alerts() {
    head("mlctl_release_alerts", "gauge", "", "Alerts by severity.");
    for (Severity severity : List.of(Severity.WARNING, Severity.CRITICAL)) {
      Map<String, String> labels = new LinkedHashMap<>(release);
      labels.put("severity", severity.word());
      List<Alert> alerts =
          report.alerts().stream().filter(alert -> alert.severity() == severity).toList();
      sample("mlctl_release_alerts", labels, alerts.size());
    }
  }

  private void findings() {
    ofFindings("mlctl_finding_value", "What was measured.", Finding::value);
    head("mlctl_finding_threshold", "gauge", "", "From where on a value is that bad.");
    for (Finding finding : findings) {
      threshold(finding, Severity.WARNING, finding.threshold().warning());
      threshold(finding, Severity.CRITICAL, finding.threshold().critical());
    }
    ofFindings("mlctl_finding_p_value", "How probable that is by chance.", Finding::pValue);
    ofFindings(
        "mlctl_finding_severity",
        "0 ok, 1 not enough data, 2 warning, 3 critical.",
        finding -> level(finding.severity()));
    ofFindings("mlctl_finding_rows", "Rows behind the value.", Finding::currentRows);
  }

  private static int level(Severity severity) {
    return switch (severity) {
      case OK -> 0;
      case NOT_ENOUGH_DATA -> 1;
      case WARNING -> 2;
      case CRITICAL -> 3;
    };
  }

  private void ofFindings(String name, String help, ToDoubleFunction<Finding> value) {
    head(name, "gauge", "", help);
    findings.forEach(finding -> sample(name, labels(finding), value.applyAsDouble(finding)));
  }

  private void threshold(Finding finding, Severity severity, double limit) {
    Map<String, String> labels = new LinkedHashMap<>(labels(finding));
    labels.put("severity", severity.word());
    sample("mlctl_finding_threshold", labels, limit);
  }

  /** All of them, empty ones too: so every sample of a metric has the same labels. */
  private Map<String, String> labels(Finding finding) {
    Map<String, String> labels = new LinkedHashMap<>(release);
    labels.put("about", finding.about().name().toLowerCase(Locale.ROOT));
    labels.put("column", finding.column());
    labels.put("slice", finding.slice());
    labels.put("statistic", finding.statistic());
    return labels;
  }

  private void gauge(String name, String unit, String help, double value) {
    head(name, "gauge", unit, help);
    sample(name, release, value);
  }

  private void head(String name, String type, String unit, String help) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    if (!unit.isEmpty()) {
      out.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private void sample(String name, Map<String, String> labels, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    List<String> pairs = new ArrayList<>();
    labels.forEach((label, text) -> pairs.add(label + "=\"" + escaped(text) + "\""));
    out.append(name).append('{').append(String.join(",", pairs)).append("} ");
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    out.append(whole ? Long.toString((long) value) : Double.toString(value)).append('\n');
  }

  /** Section "Escaping" of the text format: nothing else may be escaped. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }
}
