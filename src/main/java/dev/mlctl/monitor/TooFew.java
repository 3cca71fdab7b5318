package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;

/** What is told instead of a verdict when there are fewer rows than it takes. */
final class TooFew {
  private TooFew() {}

  /** Takes the rows of the baseline, then those of the current side. */
  static Finding finding(
      MonitorSpec spec, About about, String column, String statistic, long n, long m) {
    boolean baselineToo = n < spec.minRows();
    return new Finding(
        about,
        column,
        statistic,
        Double.NaN,
        spec.threshold(column, statistic),
        n,
        m,
        Double.NaN,
        Severity.NOT_ENOUGH_DATA,
        "%d rows%s where %d are needed"
            .formatted(baselineToo ? n : m, baselineToo ? " in the baseline" : "", spec.minRows()));
  }
}
