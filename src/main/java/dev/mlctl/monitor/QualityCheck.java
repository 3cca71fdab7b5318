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

/**
 * The values of one column that are none, new, out of range, or all the same. Each is a share of
 * rows that may only have grown; whether by chance is told by Fisher's exact test, which holds for
 * one row in fifty as for a million.
 */
final class QualityCheck {
  /** The least and the greatest value would have been out of range, had their rows come later. */
  private static final long EXTREMES = 2;

  private final MonitorSpec spec;
  private final About about;
  private final ColumnProfile baseline;
  private final ColumnProfile current;
  private final List<Measured> measured = new ArrayList<>();

  private QualityCheck(
      MonitorSpec spec, About about, ColumnProfile baseline, ColumnProfile current) {
    this.spec = spec;
    this.about = about;
    this.baseline = baseline;
    this.current = current;
  }

  static List<Measured> of(
      MonitorSpec spec, About about, ColumnProfile baseline, ColumnProfile current) {
    QualityCheck check = new QualityCheck(spec, about, baseline, current);
    check.missing();
    if (current instanceof CategoryProfile category && about == About.FEATURE) {
      check.newCategories((CategoryProfile) baseline, category);
    } else if (current instanceof NumberProfile number) {
      check.outOfRange((NumberProfile) baseline, number);
    }
    if (about == About.FEATURE) {
      check.constant();
    }
    return check.measured;
  }

  private void missing() {
    share(
        "missing_increase",
        new long[] {baseline.missing(), current.missing()},
        new long[] {baseline.count(), current.count()},
        0,
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
        0,
        names.isEmpty() ? "new" : "new: " + names);
  }

  private void outOfRange(NumberProfile before, NumberProfile now) {
    share(
        "out_of_range",
        new long[] {before.outOfRange(), now.outOfRange()},
        new long[] {before.present(), now.present()},
        EXTREMES,
        "below %s or above %s".formatted(number(before.lowest()), number(before.highest())));
  }

  /**
   * How much greater a share of rows is than in the baseline; 0 when it is smaller.
   *
   * @param hits baseline, current
   * @param rows baseline, current
   * @param luck hits that the baseline had but for its being the baseline
   */
  private void share(String statistic, long[] hits, long[] rows, long luck, String what) {
    if (rows[0] < spec.minRows() || rows[1] < spec.minRows()) {
      // An empty column is told of once, by its missing values.
      if (rows[1] > 0) {
        String column = baseline.name();
        measured.add(
            Measured.settled(TooFew.finding(spec, about, column, statistic, rows[0], rows[1])));
      }
      return;
    }
    double before = hits[0] / (double) rows[0];
    double now = hits[1] / (double) rows[1];
    double p = ExactTests.increase(new long[] {Math.min(rows[0], hits[0] + luck), hits[1]}, rows);
    String note = hits[1] == 0 ? "" : percent(now) + " " + what + (hits[0] == 0 ? "" : was(before));
    // What nowhere happened could not have been found, so that it costs the others nothing: Tarone,
    // A modified Bonferroni method for discrete data, 1990.
    String test = hits[0] + hits[1] == 0 ? "" : statistic;
    add(statistic, Math.max(0, now - before), rows, p, test, note);
  }

  /** All values in one bin that held but a part of them before. */
  private void constant() {
    Histograms bins = Histograms.of(baseline, current);
    long m = bins.currentRows();
    int fullest = fullest(bins.current());
    if (bins.baselineRows() < spec.minRows() || m < spec.minRows() || !varied()) {
      return;
    }
    boolean same =
        bins.current()[fullest] == m
            && (current instanceof NumberProfile number
                ? number.min() == number.max()
                : ((CategoryProfile) current).unknown() == 0);
    long[] rows = {bins.baselineRows(), m};
    double p = same ? ExactTests.increase(new long[] {bins.baseline()[fullest], m}, rows) : 1;
    add("constant", same ? 1 : 0, rows, p, "constant", same ? "all values are one" : "");
  }

  private boolean varied() {
    return baseline instanceof NumberProfile number
        ? number.min() < number.max()
        : LongStream.of(((CategoryProfile) baseline).counts()).filter(c -> c > 0).count() > 1;
  }

  private static int fullest(long[] counts) {
    int fullest = 0;
    for (int i = 1; i < counts.length; i++) {
      fullest = counts[i] > counts[fullest] ? i : fullest;
    }
    return fullest;
  }

  private void add(
      String statistic, double value, long[] rows, double p, String test, String note) {
    String column = baseline.name();
    Threshold threshold = spec.threshold(column, statistic);
    Severity severity = threshold.judge(value);
    measured.add(
        new Measured(
            new Finding(
                about, column, statistic, value, threshold, rows[0], rows[1], p, severity, note),
            test));
  }

  private static String was(double before) {
    return " (baseline " + percent(before) + ")";
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
