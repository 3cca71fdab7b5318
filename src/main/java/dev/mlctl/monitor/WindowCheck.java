package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.monitor.Finding.About;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Judges the columns and runs of one window, or of the runs that were chosen. Thread-safe. */
final class WindowCheck {
  /** Drift, missing values, and new categories or values out of range. */
  private static final int TESTS_PER_COLUMN = 3;

  private WindowCheck() {}

  /** What the columns give, features first. */
  static List<Finding> columns(MonitorSpec spec, Profile baseline, Profile current) {
    long judged =
        Stream.concat(baseline.features().stream(), baseline.outputs().stream())
            .filter(column -> !spec.ignores(column.name()))
            .count();
    int tests = (int) Math.max(1, TESTS_PER_COLUMN * judged);
    List<Finding> findings = new ArrayList<>();
    columns(spec, About.FEATURE, baseline.features(), current.features(), tests, findings);
    columns(spec, About.OUTPUT, baseline.outputs(), current.outputs(), tests, findings);
    return findings;
  }

  private static void columns(
      MonitorSpec spec,
      About about,
      List<ColumnProfile> baseline,
      List<ColumnProfile> current,
      int tests,
      List<Finding> findings) {
    for (int c = 0; c < baseline.size(); c++) {
      if (!spec.ignores(baseline.get(c).name())) {
        findings.addAll(ColumnCheck.of(spec, about, baseline.get(c), current.get(c), tests));
      }
    }
  }

  /** What a window of the past gives; how old it is, is no fault of its own. */
  static List<Finding> of(MonitorSpec spec, Subject subject, Window window, Clock clock) {
    List<Finding> findings = new ArrayList<>();
    ChosenRuns runs = window.chosen();
    if (window.baseline().isPresent() && runs.sum().rows() > 0) {
      findings.addAll(columns(spec, window.baseline().get(), runs.sum()));
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
        drops);
  }
}
