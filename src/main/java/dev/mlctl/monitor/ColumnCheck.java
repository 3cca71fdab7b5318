package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Everything that is checked of one column. */
final class ColumnCheck {
  private final MonitorSpec spec;
  private final About about;
  private final ColumnProfile baseline;
  private final ColumnProfile current;

  /** The p-value below which a difference is no accident, after Bonferroni's correction. */
  private final double significance;

  private final List<Finding> findings = new ArrayList<>();

  private ColumnCheck(
      MonitorSpec spec,
      About about,
      ColumnProfile baseline,
      ColumnProfile current,
      double significance) {
    this.spec = spec;
    this.about = about;
    this.baseline = baseline;
    this.current = current;
    this.significance = significance;
  }

  /**
   * The findings of one column.
   *
   * @param tests how many tests are made in all, so that many columns do not cry wolf
   */
  static List<Finding> of(
      MonitorSpec spec, About about, ColumnProfile baseline, ColumnProfile current, int tests) {
    ColumnCheck check =
        new ColumnCheck(spec, about, baseline, current, spec.significance() / tests);
    check.drift();
    check.missing();
    if (current instanceof CategoryProfile category && about == About.FEATURE) {
      check.newCategories((CategoryProfile) baseline, category);
    } else if (current instanceof NumberProfile number) {
      check.outOfRange((NumberProfile) baseline, number);
    }
    return check.findings;
  }

  private void drift() {
    Histograms whole = Histograms.of(baseline, current);
    long n = whole.baselineRows();
    long m = whole.currentRows();
    if (n < spec.minRows() || m < spec.minRows()) {
      tooFew("psi", n, m);
      return;
    }
    Histograms pooled = whole.pooled();
    TestResult chance = Drift.chiSquared(pooled.baseline(), pooled.current());
    double psi = Drift.psi(pooled.baseline(), pooled.current());
    double psiBeyond = Math.max(0, psi - Drift.psiByChance(pooled.bins(), n, m));
    judge("psi", psiBeyond, n, m, chance.pValue(), uncorrected(psi));
    double divergence = Drift.jensenShannonDivergence(pooled.baseline(), pooled.current());
    double beyond = divergence - Drift.jensenShannonDivergenceByChance(pooled.bins(), n, m);
    judge(
        "jensen_shannon",
        Math.sqrt(Math.max(0, beyond)),
        n,
        m,
        chance.pValue(),
        uncorrected(Math.sqrt(divergence)));
    report(
        "chi_squared",
        chance.statistic(),
        n,
        m,
        chance.pValue(),
        chance.degrees() + " degrees of freedom");
    if (baseline instanceof NumberProfile number) {
      TestResult ks = Drift.kolmogorovSmirnov(whole.baseline(), whole.current());
      judge("ks", ks.statistic(), n, m, ks.pValue(), "over " + whole.bins() + " bins");
      wasserstein(number, whole, chance.pValue());
    }
  }

  private void wasserstein(NumberProfile number, Histograms whole, double pValue) {
    if (number.deviation() > 0) {
      double distance = Drift.wasserstein(positions(number), whole.baseline(), whole.current());
      judge(
          "wasserstein",
          distance / number.deviation(),
          whole.baselineRows(),
          whole.currentRows(),
          pValue,
          "over " + whole.bins() + " bins");
    }
  }

  /** The middle of each bin; the open ones end at the baseline's least and greatest value. */
  private static double[] positions(NumberProfile number) {
    double[] edges = number.edges();
    double[] positions = new double[edges.length + 1];
    for (int i = 0; i < positions.length; i++) {
      double from = i == 0 ? Math.min(number.lowest(), first(edges, number)) : edges[i - 1];
      double to = i == edges.length ? Math.max(number.highest(), from) : edges[i];
      positions[i] = from + (to - from) / 2;
    }
    return positions;
  }

  private static double first(double[] edges, NumberProfile number) {
    return edges.length == 0 ? number.lowest() : edges[0];
  }

  private void missing() {
    share(
        "missing_increase",
        new long[] {baseline.missing(), current.missing()},
        new long[] {baseline.count(), current.count()},
        "missing");
  }

  /**
   * Some categories are always met first after training. How many rows that is comes from the
   * baseline itself: a category seen once would have been new, had its row come later (Good, The
   * population frequencies of species, 1953).
   */
  private void newCategories(CategoryProfile before, CategoryProfile now) {
    long seenOnce = LongStream.of(before.counts()).filter(count -> count == 1).count();
    String names =
        now.newest().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(5)
            .map(entry -> "\"" + entry.getKey() + "\" (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    share(
        "new_categories",
        new long[] {before.unknown() + seenOnce, now.unknown()},
        new long[] {before.count() - before.missing(), now.count() - now.missing()},
        names.isEmpty() ? "new" : "new: " + names);
  }

  private void outOfRange(NumberProfile before, NumberProfile now) {
    share(
        "out_of_range",
        new long[] {before.outOfRange(), now.outOfRange()},
        new long[] {before.present(), now.present()},
        "below %s or above %s".formatted(number(before.lowest()), number(before.highest())));
  }

  /**
   * How much greater a share of rows is than in the baseline; 0 when it is smaller.
   *
   * @param hits baseline, current
   * @param rows baseline, current
   */
  private void share(String statistic, long[] hits, long[] rows, String what) {
    if (rows[0] < spec.minRows() || rows[1] < spec.minRows()) {
      // An empty column is told of once, by its missing values.
      if (rows[1] > 0) {
        tooFew(statistic, rows[0], rows[1]);
      }
      return;
    }
    double before = hits[0] / (double) rows[0];
    double now = hits[1] / (double) rows[1];
    TestResult test =
        Drift.chiSquared(
            new long[] {hits[0], rows[0] - hits[0]}, new long[] {hits[1], rows[1] - hits[1]});
    String note = hits[1] == 0 ? "" : percent(now) + " " + what + (hits[0] == 0 ? "" : was(before));
    judge(statistic, Math.max(0, now - before), rows[0], rows[1], test.pValue(), note);
  }

  private static String was(double before) {
    return " (baseline " + percent(before) + ")";
  }

  /** A finding that decides, unless the difference may well be chance. */
  private void judge(String statistic, double value, long n, long m, double p, String note) {
    Threshold threshold = spec.threshold(baseline.name(), statistic);
    Severity severity = threshold.judge(value);
    String told = note;
    if (severity != Severity.OK && !(p < significance)) {
      severity = Severity.OK;
      told = "may be chance" + (note.isEmpty() ? "" : ": " + note);
    }
    findings.add(
        new Finding(about, baseline.name(), statistic, value, threshold, n, m, p, severity, told));
  }

  private void report(String statistic, double value, long n, long m, double p, String note) {
    findings.add(
        new Finding(
            about, baseline.name(), statistic, value, Threshold.NONE, n, m, p, Severity.OK, note));
  }

  private void tooFew(String statistic, long n, long m) {
    boolean baselineToo = n < spec.minRows();
    findings.add(
        new Finding(
            about,
            baseline.name(),
            statistic,
            Double.NaN,
            spec.threshold(baseline.name(), statistic),
            n,
            m,
            Double.NaN,
            Severity.NOT_ENOUGH_DATA,
            "%d rows%s where %d are needed"
                .formatted(
                    baselineToo ? n : m, baselineToo ? " in the baseline" : "", spec.minRows())));
  }

  private static String uncorrected(double value) {
    return String.format(Locale.ROOT, "%.4f before the correction for sample size", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
