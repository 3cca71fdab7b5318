package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Slices held against what the calibrated probabilities of their own rows promise: some part of the
 * rows is always harder than the whole, and a classifier says so by being less sure of it. Where
 * nothing is promised (a regression, a bundle without calibration, a metric that cannot be
 * estimated) a slice is compared with the whole at training and not judged; a rule may.
 *
 * <p>One of many slices is always the worst by chance. So each must be worse by more standard
 * errors the more are looked at: as many as leave all of them together the chance of error that the
 * whole has alone (Bonferroni's correction). A slice by itself is a warning at most.
 */
final class SliceFindings {
  /** F1 changes with the mix of a slice's rows even if all are answered equally well. */
  private static final List<String> JUDGED = List.of("accuracy", "auc");

  private final MonitorSpec spec;
  private final Map<String, Double> atTraining;
  private final double errors;

  private SliceFindings(MonitorSpec spec, Map<String, Double> atTraining, double errors) {
    this.spec = spec;
    this.atTraining = atTraining;
    this.errors = errors;
  }

  static List<Finding> of(
      MonitorSpec spec, Map<String, Double> atTraining, List<SlicePerformance> slices) {
    int tests = 0;
    for (SlicePerformance slice : slices) {
      tests += (int) slice.metrics().keySet().stream().filter(m -> isJudged(slice, m)).count();
    }
    SliceFindings findings = new SliceFindings(spec, atTraining, errors(tests));
    List<Finding> found = new ArrayList<>();
    for (SlicePerformance slice : slices) {
      for (String metric : slice.metrics().keySet()) {
        if (isJudged(slice, metric)) {
          found.add(findings.judged(slice, metric));
        } else if (atTraining.containsKey(metric)) {
          found.add(findings.reported(slice, metric));
        }
      }
    }
    return found;
  }

  private static boolean isJudged(SlicePerformance slice, String metric) {
    return JUDGED.contains(metric) && slice.expected().containsKey(metric);
  }

  private Finding judged(SlicePerformance slice, String metric) {
    Estimate now = slice.metrics().get(metric);
    Estimate expected = slice.expected().get(metric);
    double warning = spec.threshold(metric + "_drop").warning();
    Threshold threshold = new Threshold(warning, Double.POSITIVE_INFINITY);
    double drop = expected.value() - now.value();
    Severity severity = threshold.judge(drop);
    boolean chance = severity != Severity.OK && drop < errors * expected.error();
    String note =
        String.format(
            Locale.ROOT,
            "%s%s %.4g (95 %%: %.4g to %.4g), by its probabilities %.4g",
            chance ? "may be chance: " : "",
            metric,
            now.value(),
            now.low(),
            now.high(),
            expected.value());
    return finding(slice, metric + "_drop", drop, threshold, chance ? Severity.OK : severity, note);
  }

  private Finding reported(SlicePerformance slice, String metric) {
    Estimate now = slice.metrics().get(metric);
    double before = atTraining.get(metric);
    boolean drop = Metrics.greaterIsBetter(metric);
    String note =
        String.format(
            Locale.ROOT,
            "%s %.4g (95 %%: %.4g to %.4g), of all rows at training %.4g",
            metric,
            now.value(),
            now.low(),
            now.high(),
            before);
    return finding(
        slice,
        metric + (drop ? "_drop" : "_ratio"),
        drop ? before - now.value() : Performance.ratio(now.value(), before),
        Threshold.NONE,
        Severity.OK,
        note);
  }

  private static Finding finding(
      SlicePerformance slice,
      String statistic,
      double value,
      Threshold threshold,
      Severity severity,
      String note) {
    return new Finding(
            About.PERFORMANCE,
            "",
            statistic,
            value,
            threshold,
            0,
            slice.rows(),
            Double.NaN,
            severity,
            note)
        .in(slice.text());
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
}
