package dev.mlctl.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a report says of a column: quantiles, how many different values, and the frequent ones, from
 * the exact counts and the sketches together. Immutable; estimates, so no verdict may use them.
 */
public final class ColumnSummary {
  private final ColumnProfile column;
  private final ColumnSketch sketch;
  private final RankSketch.Weighted values;

  ColumnSummary(ColumnProfile column, ColumnSketch sketch) {
    this.column = column;
    this.sketch = sketch;
    this.values = sketch.values();
  }

  /**
   * How many different values there are, the missing one not among them: exact for known
   * categories, with a standard error of 9 % for numbers and unknown texts. Empty when that was not
   * recorded.
   */
  public OptionalDouble distinct() {
    if (column instanceof CategoryProfile c) {
      long known = 0;
      for (long count : c.counts()) {
        known += count > 0 ? 1 : 0;
      }
      return c.unknown() > 0 && sketch.distinct() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(known + Math.min((double) c.unknown(), sketch.distinct()));
    }
    long present = ((NumberProfile) column).present();
    return present > 0 && sketch.distinct() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min((double) present, sketch.distinct()));
  }

  /**
   * The frequent values with their shares of all values present, the most frequent first. Of
   * numbers at most 16 that have 1 % or more, with shares up to 1.6 % too low, or a little more
   * where profiles were merged; of categories all known ones, exactly, and at most 20 unknown ones,
   * whose shares may be too low by 5 % of the unknown.
   */
  public Map<String, Double> frequent() {
    Map<String, Double> shares = new LinkedHashMap<>();
    if (column instanceof CategoryProfile c) {
      double present = Math.max(1, c.count() - c.missing());
      Map<String, Long> counts = new LinkedHashMap<>(c.newest());
      List<String> names = c.categories();
      long[] known = c.counts();
      for (int i = 0; i < known.length; i++) {
        if (known[i] > 0) {
          counts.merge(names.get(i), known[i], Long::sum);
        }
      }
      counts.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / present));
    } else {
      sketch.shares().forEach((number, share) -> shares.put(text(number), share));
    }
    return shares;
  }

  private static String text(double number) {
    long whole = (long) number;
    return whole == number && Math.abs(number) < 1e15 ? Long.toString(whole) : "" + number;
  }

  /**
   * A quantile of a column of numbers. It lies in the bin in which the exact counts say that it
   * lies, so its rank is off by no more than that bin's share of the values; within the bin, it is
   * where the quantile sketch has it, and without one at the same share of the bin's width.
   *
   * @param share from 0 for the smallest value to 1 for the largest
   * @return empty for a column of categories and for one without values
   */
  public OptionalDouble quantile(double share) {
    if (!(column instanceof NumberProfile numbers) || numbers.present() == 0) {
      return OptionalDouble.empty();
    }
    long[] counts = numbers.counts();
    double wanted = share * numbers.present();
    long below = 0;
    int bin = 0;
    while (bin < counts.length - 1 && below + counts[bin] < wanted) {
      below += counts[bin++];
    }
    while (counts[bin] == 0) {
      bin += below == 0 ? 1 : -1; // rank 0, or all that follow are empty
    }
    double[] edges = numbers.edges();
    double low = bin == 0 ? numbers.min() : Math.max(numbers.min(), edges[bin - 1]);
    double high =
        bin == edges.length ? numbers.max() : Math.min(numbers.max(), Math.max(low, edges[bin]));
    double within = Math.max(0, Math.min(1, (wanted - below) / counts[bin]));
    return OptionalDouble.of(share <= 0 ? low : share >= 1 ? high : within(low, high, within));
  }

  /** The quantile of the sketch's values between two bounds, the lower one excluded. */
  private double within(double low, double high, double share) {
    int from = first(low);
    int to = first(high);
    long total = 0;
    for (int i = from; i < to; i++) {
      total += values.weights()[i];
    }
    if (total == 0) {
      return low + (high - low) * share;
    }
    double left = share * total;
    int i = from;
    while (i < to - 1 && left > values.weights()[i]) {
      left -= values.weights()[i++];
    }
    return Math.max(low, Math.min(high, values.values()[i]));
  }

  /** The first value above a bound. */
  private int first(double bound) {
    int i = 0;
    while (i < values.values().length && values.values()[i] <= bound) {
      i++;
    }
    return i;
  }
}
