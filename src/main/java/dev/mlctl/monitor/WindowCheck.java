package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Judges the columns and runs of one window, or of the runs that were chosen. Thread-safe. */
final class WindowCheck {
  private WindowCheck() {}

  /** What a window of the past gives; how old it is, is no fault of its own. */
  static List<Finding> of(MonitorSpec spec, Subject subject, Window window, Clock clock) {
    List<Finding> findings = new ArrayList<>();
    ChosenRuns runs = window.chosen();
    if (window.baseline().isPresent() && runs.sum().rows() > 0) {
      findings.addAll(ProfileCheck.of(spec, window.baseline().get(), runs.sum()));
      if (window.digest().equals(subject.digest())) {
        findings.addAll(EstimatedPerformance.of(subject.bundle(), runs.sum()).findings(spec));
      }
    }
    RunChecks.of(spec, runs, clock).stream()
        .filter(finding -> !finding.statistic().startsWith("staleness"))
        .forEach(findings::add);
    return findings;
  }

  /** What is kept of a window of the past. */
  static WindowReport report(
      MonitorSpec spec, Window window, List<Finding> findings, Map<String, Estimate> metrics) {
    Map<String, List<Finding>> byColumn = new LinkedHashMap<>();
    Map<String, Double> service = new LinkedHashMap<>();
    Map<String, Double> drops = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding.about() == About.RUNS) {
        service.put(finding.statistic(), finding.value());
      } else if (EstimateShape.isAbout(finding.statistic())) {
        drops.put(EstimateShape.metric(finding.statistic()), finding.value());
      } else if (finding.about() != About.PERFORMANCE) {
        byColumn.computeIfAbsent(finding.column(), name -> new ArrayList<>()).add(finding);
      }
    }
    Map<String, WindowReport.Cell> columns = new LinkedHashMap<>();
    byColumn.forEach((name, found) -> columns.put(name, WindowReport.cell(found)));
    ChosenRuns runs = window.chosen();
    long rows = runs.sum() == null ? 0 : runs.sum().rows();
    return new WindowReport(
        window.label(),
        window.start(),
        window.end(),
        window.digest(),
        window.runs().stream()
            .map(RunRecord::release)
            .filter(OptionalLong::isPresent)
            .reduce((first, last) -> last)
            .orElse(OptionalLong.empty()),
        window.runs().size(),
        runs.failed(),
        rows,
        MonitorReport.overall(findings, rows >= spec.minRows()),
        columns,
        service,
        metrics,
        drops,
        findings.stream()
            .filter(f -> f.about() == About.RUNS || f.about() == About.PERFORMANCE)
            .filter(f -> f.severity().compareTo(Severity.WARNING) >= 0)
            .map(Finding::statistic)
            .toList());
  }
}
