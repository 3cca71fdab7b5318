package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which statistics decide about the drift of a column.
 *
 * <p>Where monitor.yaml names none and changes no limit, the column's type and the smaller sample's
 * rows choose; the border of 1,000 rows is that of the field's tools:
 *
 * <ul>
 *   <li>fewer than 1,000 rows, numbers in more than five bins: the Kolmogorov-Smirnov distance with
 *       its exact test, which needs no bin to be full;
 *   <li>fewer than 1,000 rows, categories and numbers in up to five bins: the Jensen-Shannon
 *       distance with the chi-squared and likelihood-ratio tests, as psi takes logarithms of small
 *       counts;
 *   <li>from 1,000 rows on: psi and Jensen-Shannon with the same two tests, which then find any
 *       difference that matters.
 * </ul>
 *
 * @param statistics their names
 * @param reason one clause that a finding tells
 */
record DriftChoice(Set<String> statistics, String reason) {
  /** From how many rows on the size of a difference alone is worth a verdict. */
  static final long LARGE = 1000;

  private static final int FEW_BINS = 5;

  /**
   * For these two, which have no limits of their own, once they are chosen: what psi's and
   * Jensen-Shannon's come to when a normal distribution moves.
   */
  private static final Threshold KS = new Threshold(0.1, 0.2);

  private static final Threshold WASSERSTEIN = new Threshold(0.25, 0.5);

  static DriftChoice of(MonitorSpec spec, ColumnProfile baseline, Histograms rows) {
    String named = spec.drift().decides();
    boolean number = baseline instanceof NumberProfile;
    boolean fits = number || !ofNumbersOnly(named);
    if (!named.equals(DriftSpec.AUTO) && fits) {
      return new DriftChoice(Set.of(named), "as monitor.yaml says");
    }
    Set<String> changed =
        DriftSpec.STATISTICS.stream()
            .filter(statistic -> number || !ofNumbersOnly(statistic))
            .filter(statistic -> changed(spec, baseline.name(), statistic))
            .collect(Collectors.toSet());
    if (!changed.isEmpty() && !spec.drift().learned()) {
      changed.addAll(List.of(DriftSpec.PSI, DriftSpec.JENSEN_SHANNON));
      return new DriftChoice(changed, "by the limits of monitor.yaml");
    }
    return byTypeAndRows(number && rows.bins() > FEW_BINS, rows);
  }

  private static DriftChoice byTypeAndRows(boolean ordered, Histograms rows) {
    if (Math.min(rows.baselineRows(), rows.currentRows()) >= LARGE) {
      return new DriftChoice(
          Set.of(DriftSpec.PSI, DriftSpec.JENSEN_SHANNON), "chosen from 1,000 rows on");
    }
    return ordered
        ? new DriftChoice(Set.of(DriftSpec.KS), "chosen for numbers under 1,000 rows")
        : new DriftChoice(
            Set.of(DriftSpec.JENSEN_SHANNON), "chosen for categories under 1,000 rows");
  }

  private static boolean ofNumbersOnly(String statistic) {
    return statistic.equals(DriftSpec.KS) || statistic.equals(DriftSpec.WASSERSTEIN);
  }

  private static boolean changed(MonitorSpec spec, String column, String statistic) {
    return !statistic.equals(DriftSpec.CHI_SQUARED)
        && !spec.threshold(column, statistic).equals(MonitorShape.standard(statistic));
  }

  boolean decides(String statistic) {
    return statistics.contains(statistic);
  }

  /** What a statistic that decides is held against, when its limits are not learned. */
  static Threshold limits(MonitorSpec spec, String column, String statistic) {
    Threshold own = spec.threshold(column, statistic);
    if (own.decides()) {
      return own;
    }
    return switch (statistic) {
      case DriftSpec.KS -> KS;
      case DriftSpec.WASSERSTEIN -> WASSERSTEIN;
      default -> own;
    };
  }
}
