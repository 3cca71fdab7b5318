package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.monitor.Finding.About;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The judgement of a release. Immutable.
 *
 * @param reference what was judged
 * @param digest of its bundle, 64 hexadecimal digits
 * @param checkedAt when
 * @param severity what it comes to
 * @param rows rows that passed the model in the runs used
 * @param baselineRows rows of the baseline
 * @param runsUsed ids, oldest first
 * @param runsLeftOut runs of the same time that were not compared
 * @param findings worst first
 * @param labels what the labels told, if they were given
 * @param estimate what the metrics probably are, labels or not
 * @param alerts what somebody shall hear of, worst first
 * @param trained the metrics at training and their thresholds, by name
 * @param timeline what was before
 * @param compared the distributions that were compared
 * @param rollbackOnCritical whether the specification asks for a rollback when critical
 */
public record MonitorReport(
    String reference,
    String digest,
    Instant checkedAt,
    Severity severity,
    long rows,
    long baselineRows,
    List<String> runsUsed,
    List<LeftOutRun> runsLeftOut,
    List<Finding> findings,
    Optional<LabelReport> labels,
    EstimatedPerformance estimate,
    List<Alert> alerts,
    Map<String, TrainedMetric> trained,
    Timeline timeline,
    Compared compared,
    boolean rollbackOnCritical) {
  /**
   * The distributions of all columns.
   *
   * @param baseline at training
   * @param current in the runs used, in the same bins
   */
  public record Compared(Profile baseline, Profile current) {}

  /** Copies and sorts. */
  public MonitorReport {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(checkedAt, "checkedAt");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(estimate, "estimate");
    runsUsed = List.copyOf(runsUsed);
    runsLeftOut = List.copyOf(runsLeftOut);
    findings = findings.stream().sorted(Finding.BY_BADNESS.reversed()).toList();
    alerts = List.copyOf(alerts);
    trained = Collections.unmodifiableMap(new LinkedHashMap<>(trained));
  }

  static MonitorReport of(
      MonitorSpec spec,
      Subject subject,
      Instant now,
      ChosenRuns runs,
      Alarms.Decided decided,
      Optional<LabelReport> labels,
      EstimatedPerformance estimate,
      Timeline timeline) {
    Profile baseline = subject.bundle().baseline();
    Profile current = runs.sum();
    boolean enough = current.rows() >= spec.minRows() && baseline.rows() >= spec.minRows();
    return new MonitorReport(
        subject.reference(),
        subject.digest(),
        now,
        overall(decided.findings(), enough),
        current.rows(),
        baseline.rows(),
        runs.used().stream().map(RunRecord::id).toList(),
        runs.leftOut(),
        decided.findings(),
        labels,
        estimate,
        decided.alerts(),
        TrainedMetric.of(spec, subject.bundle().metrics()),
        timeline,
        new Compared(baseline, current),
        spec.rollbackOnCritical());
  }

  /** One sparse column does not make the whole uncertain; too few rows or labels do. */
  static Severity overall(List<Finding> findings, boolean enough) {
    Severity severity = enough ? Severity.OK : Severity.NOT_ENOUGH_DATA;
    for (Finding finding : findings) {
      boolean sparse =
          finding.severity() == Severity.NOT_ENOUGH_DATA && finding.about() != About.PERFORMANCE;
      severity = sparse ? severity : severity.or(finding.severity());
    }
    return severity;
  }

  /** Whether the release should go back to the last good one; the caller does it. */
  public boolean wantsRollback() {
    return blamesRelease() && rollbackOnCritical && severity == Severity.CRITICAL;
  }

  /** Whether something critical may be the release's fault; that nobody runs it is not. */
  public boolean blamesRelease() {
    return findings.stream()
        .anyMatch(
            finding ->
                finding.severity() == Severity.CRITICAL
                    && !finding.statistic().startsWith("staleness"));
  }

  /** Whether the report is at least as bad as a severity, with enough data to say so. */
  public boolean reaches(Severity least) {
    return severity.compareTo(least) >= 0;
  }

  /** The findings that are a warning or critical, worst first. */
  public List<Finding> breaches() {
    return findings.stream().filter(f -> f.severity().compareTo(Severity.WARNING) >= 0).toList();
  }

  /** What to do about it, most urgent first, in sentences; at least one. */
  public List<String> nextSteps() {
    return NextSteps.of(this);
  }

  /** One line for a log, or as the reason of a rollback: the worst finding and how many more. */
  public String summary() {
    List<Finding> breaches = breaches();
    if (breaches.isEmpty()) {
      return severity == Severity.OK
          ? "no finding over " + rows + " rows"
          : "not enough data: " + rows + " rows";
    }
    Finding worst = breaches.get(0);
    String more = breaches.size() == 1 ? "" : ", and " + (breaches.size() - 1) + " more";
    return worst.severity().word() + ": " + worst.told() + more;
  }

  /**
   * One row per column of the model, worst first: status, column, PSI, Jensen-Shannon, KS (numbers
   * only), the p-value of chi-squared, the increase of missing values, new or out-of-range values,
   * and what the worst finding notes.
   */
  public ReportTable columnTable() {
    return ReportTables.columns(findings);
  }

  /** One row per finding about performance and runs, worst first. */
  public ReportTable serviceTable() {
    return ReportTables.service(findings);
  }

  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("model", reference);
    map.put("digest", "sha256:" + digest);
    map.put("checked_at", checkedAt.toString());
    map.put("severity", severity.word());
    map.put("summary", summary());
    map.put("rows", rows);
    map.put("baseline_rows", baselineRows);
    map.put("runs_used", runsUsed);
    List<Object> leftOut = new ArrayList<>();
    runsLeftOut.forEach(run -> leftOut.add(leftOutMap(run)));
    map.put("runs_left_out", leftOut);
    map.put("findings", findings.stream().map(Finding::toMap).toList());
    map.put("alerts", alerts().stream().map(Alert::toMap).toList());
    map.put("next_steps", nextSteps());
    map.put("history", timeline.toMap());
    labels.ifPresent(found -> map.put("labels", found.toMap()));
    map.put("estimate", estimate.toMap());
    map.put("wants_rollback", wantsRollback());
    return map;
  }

  private static Map<String, Object> leftOutMap(LeftOutRun run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", run.id());
    map.put("reason", run.reason());
    return map;
  }
}
