package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far the values of one column have moved. */
final class DriftCheck {
  private static final String BY_BINS = "bins";
  private static final String BY_KS = "ks";

  private final MonitorSpec spec;
  private final About about;
  private final ColumnProfile baseline;
  private final Histograms whole;
  private final Histograms pooled;
  private final int columns;
  private final DriftChoice choice;
  private final LearnedLimits learned;
  private final List<Measured> measured = new ArrayList<>();

  private DriftCheck(
      MonitorSpec spec, About about, ColumnProfile baseline, ColumnProfile current, int columns) {
    this.spec = spec;
    this.about = about;
    this.baseline = baseline;
    this.whole = Histograms.of(baseline, current);
    this.pooled = baseline instanceof NumberProfile ? whole.pooledNeighbours() : whole.pooledRare();
    this.columns = columns;
    this.choice = DriftChoice.of(spec, baseline, whole);
    this.learned =
        spec.drift().learned()
            ? new LearnedLimits(this.pooled, whole, spec.significance() / columns)
            : null;
  }

  /**
   * What is measured of a column's drift.
   *
   * @param columns how many columns are judged together
   */
  static List<Measured> of(
      MonitorSpec spec, About about, ColumnProfile baseline, ColumnProfile current, int columns) {
    Histograms rows = Histograms.of(baseline, current);
    if (rows.baselineRows() < spec.minRows() || rows.currentRows() < spec.minRows()) {
      return List.of(
          Measured.settled(
              TooFew.finding(
                  spec, about, baseline.name(), "psi", rows.baselineRows(), rows.currentRows())));
    }
    DriftCheck check = new DriftCheck(spec, about, baseline, current, columns);
    check.overBins();
    if (baseline instanceof NumberProfile number) {
      check.overOrder(number);
    }
    return check.measured;
  }

  private void overBins() {
    long n = whole.baselineRows();
    long m = whole.currentRows();
    double p = Drift.chance(pooled.baseline(), pooled.current());
    double psi = Drift.psi(pooled.baseline(), pooled.current());
    double beyond = Math.max(0, psi - Drift.psiByChance(pooled.bins(), n, m));
    add(DriftSpec.PSI, beyond, p, BY_BINS, uncorrected(psi));
    double divergence = Drift.jensenShannonDivergence(pooled.baseline(), pooled.current());
    double distance =
        Math.sqrt(
            Math.max(0, divergence - Drift.jensenShannonDivergenceByChance(pooled.bins(), n, m)));
    add(DriftSpec.JENSEN_SHANNON, distance, p, BY_BINS, uncorrected(Math.sqrt(divergence)));
    TestResult pearson = Drift.chiSquared(pooled.baseline(), pooled.current());
    add(
        DriftSpec.CHI_SQUARED,
        pearson.statistic(),
        choice.decides(DriftSpec.CHI_SQUARED) ? p : pearson.pValue(),
        BY_BINS,
        pearson.degrees() + " degrees of freedom");
  }

  private void overOrder(NumberProfile number) {
    String over = "over " + whole.bins() + " bins";
    TestResult ks = Drift.kolmogorovSmirnov(whole.baseline(), whole.current());
    // The exact test is dear, and of use only where the verdict hangs on it.
    boolean exact =
        Math.min(whole.baselineRows(), whole.currentRows()) < DriftChoice.LARGE
            && choice.decides(DriftSpec.KS)
            && ks.statistic() >= limits(DriftSpec.KS).warning();
    double p =
        exact
            ? ExactTests.kolmogorovSmirnov(whole.baseline(), whole.current(), ks.statistic())
            : ks.pValue();
    add(DriftSpec.KS, ks.statistic(), p, BY_KS, over);
    if (number.deviation() > 0) {
      double distance = Drift.wasserstein(positions(number), whole.baseline(), whole.current());
      double chance = Drift.chance(pooled.baseline(), pooled.current());
      add(DriftSpec.WASSERSTEIN, distance / number.deviation(), chance, BY_BINS, over);
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

  private void add(String statistic, double value, double p, String test, String note) {
    boolean decides = choice.decides(statistic);
    Threshold threshold = decides ? limits(statistic) : Threshold.NONE;
    Finding finding =
        new Finding(
            about,
            baseline.name(),
            statistic,
            value,
            threshold,
            whole.baselineRows(),
            whole.currentRows(),
            p,
            threshold.judge(value),
            decides ? note + "; " + choice.reason() + learnedOf() : note);
    measured.add(decides ? new Measured(finding, test) : Measured.settled(finding));
  }

  private String learnedOf() {
    return learned == null ? "" : ", limits learned from the baseline";
  }

  private Threshold limits(String statistic) {
    double level = spec.significance() / columns;
    if (statistic.equals(DriftSpec.CHI_SQUARED)) {
      return LearnedLimits.chiSquared(pooled.bins() - 1, level);
    } else if (learned == null) {
      return DriftChoice.limits(spec, baseline.name(), statistic);
    }
    return baseline instanceof NumberProfile number && statistic.equals(DriftSpec.WASSERSTEIN)
        ? learned.wasserstein(positions(number), number.deviation())
        : learned.of(statistic);
  }

  private static String uncorrected(double value) {
    return String.format(Locale.ROOT, "%.4f before the correction for sample size", value);
  }
}
