package dev.mlctl.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Counts of a numeric column in fixed bins, with its moments. Immutable.
 *
 * <p>Bin {@code i} holds the values {@code edges[i-1] < x <= edges[i]}; the first and the last are
 * open. Mean and squared deviations merge by Chan, Golub and LeVeque's pairwise formula (1979).
 *
 * @param edges strictly increasing inner edges, length bins − 1
 * @param counts values per bin, length bins
 * @param missing values that were missing
 * @param lowest the smallest value of the baseline; below it a value is out of range
 * @param highest the largest value of the baseline
 * @param outOfRange values below lowest or above highest
 * @param min the smallest value seen; +∞ when none
 * @param max the largest value seen; −∞ when none
 * @param mean the mean of the values seen; 0 when none
 * @param squares the sum of squared deviations from the mean
 */
public record NumberProfile(
    String name,
    double[] edges,
    long[] counts,
    long missing,
    double lowest,
    double highest,
    long outOfRange,
    double min,
    double max,
    double mean,
    double squares)
    implements ColumnProfile {
  private static final int MAX_DISTINCT = 32;
  private static final int QUANTILE_BINS = 20;

  /** Copies and checks shapes. */
  public NumberProfile {
    Objects.requireNonNull(name, "name");
    edges = edges.clone();
    counts = counts.clone();
    if (counts.length != edges.length + 1) {
      throw new IllegalArgumentException(
          name + ": " + counts.length + " bins for " + edges.length + " edges");
    }
    for (int i = 0; i < edges.length; i++) {
      if (Double.isNaN(edges[i]) || (i > 0 && edges[i - 1] >= edges[i])) {
        throw new IllegalArgumentException(name + ": bin edges do not increase");
      }
    }
    if (Double.isNaN(lowest) || Double.isNaN(highest)) {
      throw new IllegalArgumentException(name + ": the range of the baseline is not a number");
    }
  }

  /**
   * Bins chosen for a column, with nothing counted: one per value when there are at most 32
   * different ones, otherwise 20 of about equal counts.
   *
   * @param values the column; NaN is missing
   * @param rows how many of the values to look at
   */
  public static NumberProfile binsFor(String name, double[] values, int rows) {
    // + 0.0: minus zero is zero, or the two would be two edges that do not increase.
    double[] sorted =
        Arrays.stream(values, 0, rows)
            .filter(v -> !Double.isNaN(v))
            .map(v -> v + 0.0)
            .sorted()
            .toArray();
    double lowest = sorted.length == 0 ? 0 : sorted[0];
    double highest = sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    double[] distinct = Arrays.stream(sorted).distinct().limit(MAX_DISTINCT + 1L).toArray();
    double[] edges;
    if (distinct.length <= MAX_DISTINCT) {
      edges = new double[Math.max(0, distinct.length - 1)];
      for (int i = 0; i < edges.length; i++) {
        edges[i] = between(distinct[i], distinct[i + 1]);
      }
    } else {
      edges = new double[QUANTILE_BINS - 1];
      for (int i = 0; i < edges.length; i++) {
        edges[i] = sorted[(int) ((long) sorted.length * (i + 1) / QUANTILE_BINS)];
      }
    }
    edges = Arrays.stream(edges).distinct().toArray();
    return new NumberProfile(
        name,
        edges,
        new long[edges.length + 1],
        0,
        lowest,
        highest,
        0,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0,
        0);
  }

  /** The middle of two values; the lower one where no double lies between them. */
  private static double between(double low, double high) {
    double middle = low / 2 + high / 2;
    return low < middle && middle < high ? middle : low;
  }

  @Override
  public double[] edges() {
    return edges.clone();
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public long count() {
    return present() + missing;
  }

  /** How many values were there. */
  public long present() {
    return LongStream.of(counts).sum();
  }

  /** The standard deviation (n − 1) of the values seen; 0 for fewer than two. */
  public double deviation() {
    long n = present();
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  }

  @Override
  public NumberProfile emptied() {
    return counted(
        new long[counts.length], 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
  }

  /** The same bins with other counts. */
  NumberProfile counted(
      long[] others,
      long otherMissing,
      long otherOutOfRange,
      double otherMin,
      double otherMax,
      double otherMean,
      double otherSquares) {
    return new NumberProfile(
        name,
        edges,
        others,
        otherMissing,
        lowest,
        highest,
        otherOutOfRange,
        otherMin,
        otherMax,
        otherMean,
        otherSquares);
  }

  int bins() {
    return counts.length;
  }

  boolean hasBinsOf(NumberProfile other) {
    return edges == other.edges || Arrays.equals(edges, other.edges);
  }

  /** Adds the counts to others, and returns their sum. */
  long addTo(long[] sum) {
    long added = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
      added += counts[i];
    }
    return added;
  }

  @Override
  public NumberProfile merge(ColumnProfile that) {
    if (!(that instanceof NumberProfile other) || !Arrays.equals(edges, other.edges)) {
      throw new IllegalArgumentException(name + ": profiles with different bins");
    }
    long[] sum = new long[counts.length];
    Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
    double n = present();
    double m = other.present();
    double total = Math.max(1, n + m);
    double delta = other.mean - mean;
    return new NumberProfile(
        name,
        edges,
        sum,
        missing + other.missing,
        lowest,
        highest,
        outOfRange + other.outOfRange,
        Math.min(min, other.min),
        Math.max(max, other.max),
        mean + delta * m / total,
        squares + other.squares + delta * delta * n * m / total);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NumberProfile p
        && name.equals(p.name)
        && Arrays.equals(edges, p.edges)
        && Arrays.equals(counts, p.counts)
        && missing == p.missing
        && outOfRange == p.outOfRange
        && Arrays.equals(moments(), p.moments());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "NumberProfile[" + name + ", " + count() + " values, mean " + mean + "]";
  }

  private double[] moments() {
    return new double[] {lowest, highest, min, max, mean, squares};
  }
}
