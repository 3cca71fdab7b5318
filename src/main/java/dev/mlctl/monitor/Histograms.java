package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * The counts of one column, baseline and current, over the same bins. Missing values and values
 * that are no known category are in no bin: each has a check of its own, and one fault gives one
 * finding.
 *
 * @param baseline counts, at least one bin
 * @param current counts, same length
 */
record Histograms(long[] baseline, long[] current) {
  /** Expected rows of the smaller sample below which a bin is pooled (Cochran, 1954). */
  static final double LEAST_EXPECTED = 5;

  static Histograms of(ColumnProfile baseline, ColumnProfile current) {
    return new Histograms(counts(baseline), counts(current));
  }

  private static long[] counts(ColumnProfile column) {
    return column instanceof CategoryProfile category
        ? category.counts()
        : ((NumberProfile) column).counts();
  }

  long baselineRows() {
    return Drift.sum(baseline);
  }

  long currentRows() {
    return Drift.sum(current);
  }

  int bins() {
    return baseline.length;
  }

  /**
   * The same rows in fewer bins: all bins in which the smaller sample would hold fewer than five
   * rows, were both samples alike, become one. Otherwise rare categories make every statistic large
   * by chance alone.
   */
  Histograms pooledRare() {
    double n = baselineRows();
    double m = currentRows();
    double share = Math.min(n, m) / (n + m);
    List<long[]> kept = new ArrayList<>();
    long[] rest = new long[2];
    for (int i = 0; i < baseline.length; i++) {
      if ((baseline[i] + current[i]) * share < LEAST_EXPECTED) {
        rest[0] += baseline[i];
        rest[1] += current[i];
      } else {
        kept.add(new long[] {baseline[i], current[i]});
      }
    }
    if (rest[0] + rest[1] > 0) {
      kept.add(rest);
    }
    return of(kept);
  }

  /**
   * The same rows in fewer bins for values that have an order: from the lowest bin on, neighbours
   * become one until the smaller sample would hold five rows of it.
   */
  Histograms pooledNeighbours() {
    double n = baselineRows();
    double m = currentRows();
    double share = Math.min(n, m) / (n + m);
    List<long[]> kept = new ArrayList<>();
    long[] open = new long[2];
    for (int i = 0; i < baseline.length; i++) {
      open[0] += baseline[i];
      open[1] += current[i];
      if ((open[0] + open[1]) * share >= LEAST_EXPECTED) {
        kept.add(open);
        open = new long[2];
      }
    }
    if (kept.isEmpty()) {
      kept.add(open);
    } else {
      long[] last = kept.get(kept.size() - 1);
      last[0] += open[0];
      last[1] += open[1];
    }
    return of(kept);
  }

  private static Histograms of(List<long[]> bins) {
    return new Histograms(
        bins.stream().mapToLong(bin -> bin[0]).toArray(),
        bins.stream().mapToLong(bin -> bin[1]).toArray());
  }
}
