package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Slices held against the metrics of all rows at training. Some part of the rows is always harder
 * than the whole, so by itself this is never more than a warning; and since one of many parts is
 * always the worst by chance, each must be the worse by more standard errors the more are looked
 * at: as many as leave all of them together the chance of error that the whole has alone
 * (Bonferroni's correction).
 */
final class SliceFindings {
  /** R² and F1 change with the mix of a slice's rows even if all are answered equally well. */
  private static final List<String> COMPARABLE =
      List.of("rmse", "mae", "accuracy", "log_loss", "auc");

  private SliceFindings() {}

  static List<Finding> of(
      MonitorSpec spec, Map<String, Double> atTraining, List<SlicePerformance> slices) {
    int tests = 0;
    for (SlicePerformance slice : slices) {
      tests += comparable(slice, atTraining).size();
    }
    double errors = errors(tests);
    List<Finding> findings = new ArrayList<>();
    for (SlicePerformance slice : slices) {
      for (String metric : comparable(slice, atTraining)) {
        Estimate now = slice.metrics().get(metric);
        Finding finding =
            Performance.finding(
                spec, metric, atTraining.get(metric), now, slice.rows(), errors, "");
        findings.add(mild(finding).in(slice.text()));
      }
    }
    return findings;
  }

  private static List<String> comparable(SlicePerformance slice, Map<String, Double> atTraining) {
    return COMPARABLE.stream()
        .filter(metric -> slice.metrics().containsKey(metric) && atTraining.containsKey(metric))
        .toList();
  }

  /** How many standard errors leave a normal variable a tail of that at two, divided by tests. */
  static double errors(int tests) {
    double tail = tail(Performance.ERRORS) / Math.max(1, tests);
    double low = 0;
    double high = 40;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (tail(middle) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The upper tail of the normal distribution at z, not negative. */
  private static double tail(double z) {
    return Gamma.upper(0.5, z * z / 2) / 2;
  }

  private static Finding mild(Finding finding) {
    return finding.severity() != Severity.CRITICAL
        ? finding
        : new Finding(
            finding.about(),
            finding.column(),
            finding.statistic(),
            finding.value(),
            new Threshold(finding.threshold().warning(), Double.POSITIVE_INFINITY),
            finding.baselineRows(),
            finding.currentRows(),
            finding.pValue(),
            Severity.WARNING,
            finding.note());
  }
}
