package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The task's metrics on labelled rows, held against those on the test part at training. */
final class Performance {
  /** Standard errors that a metric must be worse by, so that few labels do not cry wolf. */
  static final double ERRORS = 2;

  private static final int RESAMPLES = 100;
  private static final int LARGEST_RESAMPLE = 5000;

  /** The same labels must always give the same verdict. */
  private static final long SEED = 20260801;

  private Performance() {}

  /**
   * Each metric with its standard error by the bootstrap (Efron, 1979); with more than 5000 rows
   * from resamples of 5000, scaled by the root of the sizes' ratio (Bickel, Götze and van Zwet,
   * 1997).
   */
  static Map<String, Estimate> estimates(Answers answers) {
    int n = answers.size();
    int size = Math.min(n, LARGEST_RESAMPLE);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Double> values = answers.metrics();
    Map<String, List<Double>> resampled = new LinkedHashMap<>();
    for (int i = 0; i < RESAMPLES; i++) {
      int[] rows = random.ints(size, 0, n).toArray();
      answers
          .metrics(rows)
          .forEach((name, v) -> resampled.computeIfAbsent(name, k -> new ArrayList<>()).add(v));
    }
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          double deviation = deviation(resampled.getOrDefault(name, List.of()));
          estimates.put(name, new Estimate(value, deviation * Math.sqrt((double) size / n)));
        });
    return estimates;
  }

  /** A finding for each metric that was known at training, of all rows and then of the slices. */
  static List<Finding> findings(
      MonitorSpec spec, Map<String, Double> atTraining, LabelReport labels) {
    long rows = labels.counts().joined();
    if (rows < spec.minRows()) {
      return List.of(tooFew(spec, rows));
    }
    String coverage = coverage(spec, labels);
    List<Finding> findings = new ArrayList<>();
    labels
        .metrics()
        .forEach(
            (metric, estimate) -> {
              Double before = atTraining.get(metric);
              if (before != null) {
                findings.add(finding(spec, metric, before, estimate, rows, coverage));
              }
            });
    findings.addAll(SliceFindings.of(spec, atTraining, labels.slices()));
    return findings;
  }

  /** The one finding when there are fewer labels than it takes. */
  private static Finding tooFew(MonitorSpec spec, long rows) {
    return new Finding(
        About.PERFORMANCE,
        "",
        "labels",
        rows,
        Threshold.NONE,
        0,
        rows,
        Double.NaN,
        Severity.NOT_ENOUGH_DATA,
        "%d predictions have a label where %d are needed".formatted(rows, spec.minRows()));
  }

  /**
   * How a metric compares with that at training.
   *
   * @param more to be noted, or empty
   */
  static Finding finding(
      MonitorSpec spec, String metric, double before, Estimate now, long rows, String more) {
    boolean greaterIsBetter = Metrics.greaterIsBetter(metric);
    String statistic = statistic(metric);
    double worse = greaterIsBetter ? before - now.value() : now.value() - before;
    double value = greaterIsBetter ? worse : ratio(now.value(), before);
    Threshold threshold = spec.threshold(statistic);
    Severity severity = threshold.judge(value);
    String chance = "";
    if (severity != Severity.OK && worse < ERRORS * now.error()) {
      severity = Severity.OK;
      chance = "may be chance: ";
    }
    String note =
        String.format(
            Locale.ROOT,
            "%s%s %.4g (95 %%: %.4g to %.4g), at training %.4g%s",
            chance,
            metric,
            now.value(),
            now.low(),
            now.high(),
            before,
            more);
    return new Finding(
        About.PERFORMANCE, "", statistic, value, threshold, 0, rows, Double.NaN, severity, note);
  }

  /** What a finding calls the worsening of a metric. */
  static String statistic(String metric) {
    return metric + (Metrics.greaterIsBetter(metric) ? "_drop" : "_ratio");
  }

  /** Labels that come early need not be like those that come late. */
  private static String coverage(MonitorSpec spec, LabelReport labels) {
    double least = spec.labels().map(LabelSource::minCoverage).orElse(0.0);
    return labels.coverage() >= least
        ? ""
        : String.format(
            Locale.ROOT,
            "; only %.1f %% of the predictions have a label yet",
            100 * labels.coverage());
  }

  /** As good as a perfect model is 1; worse than one is infinitely worse. */
  static double ratio(double now, double before) {
    return before > 0 ? now / before : now > 0 ? Double.POSITIVE_INFINITY : 1;
  }

  static double deviation(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }
}
