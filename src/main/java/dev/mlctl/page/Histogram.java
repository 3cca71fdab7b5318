package dev.mlctl.page;

import java.util.Arrays;
import java.util.List;

/**
 * How values are spread: counts in bins, one more than there are edges between.
 *
 * @param name what was counted, for the legend; empty for none
 * @param edges strictly increasing, the ends of the first and the last bin included
 * @param counts per bin, one fewer than edges
 */
public record Histogram(String name, double[] edges, long[] counts) {
  /** Copies and checks shapes. */
  public Histogram {
    edges = edges.clone();
    counts = counts.clone();
    if (edges.length != counts.length + 1) {
      throw new IllegalArgumentException(counts.length + " bins, " + edges.length + " edges");
    }
  }

  /**
   * Bins of equal width between the smallest and the largest value, with the values counted in
   * them.
   *
   * @param values those that are not finite are left out
   * @param rows how many of them to look at
   * @param most how many bins there may be
   */
  public static Histogram of(String name, double[] values, int rows, int most) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < rows; r++) {
      if (Double.isFinite(values[r])) {
        low = Math.min(low, values[r]);
        high = Math.max(high, values[r]);
      }
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      double middle = low <= high && Double.isFinite(high - low) ? low : 0;
      low = middle - Math.max(0.5, Math.abs(middle) / 1e6);
      high = middle + Math.max(0.5, Math.abs(middle) / 1e6);
    }
    double[] edges = Ticks.around(low, high, most).values();
    return new Histogram(name, edges, count(values, rows, edges));
  }

  /** Counts the values between the first and the last edge; a bin holds its lower edge. */
  public static long[] count(double[] values, int rows, double[] edges) {
    long[] counts = new long[edges.length - 1];
    for (int r = 0; r < rows; r++) {
      int found = Arrays.binarySearch(edges, values[r]);
      int bin = found >= 0 ? Math.min(found, counts.length - 1) : -found - 2;
      if (bin >= 0 && bin < counts.length) {
        counts[bin]++;
      }
    }
    return counts;
  }

  @Override
  public double[] edges() {
    return edges.clone();
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  /** How many values were counted. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Each bin's share of all values; 0 for none. */
  public double[] shares() {
    double total = Math.max(1, total());
    return Arrays.stream(counts).mapToDouble(n -> n / total).toArray();
  }

  /**
   * One or two histograms over one another, by shares of their rows, so that a small set can be
   * compared with a large one. The first is filled, the others are outlined.
   *
   * @param axis what was measured
   */
  public static Element chart(String title, String axis, List<Histogram> all) {
    double low = all.stream().mapToDouble(h -> h.edges[0]).min().orElse(0);
    double high = all.stream().mapToDouble(h -> h.edges[h.edges.length - 1]).max().orElse(1);
    double top = all.stream().flatMapToDouble(h -> Arrays.stream(h.shares())).max().orElse(1);
    Plot plot =
        new Plot(title, Axis.between(axis, low, high), Axis.around("% of rows", 0, 100 * top));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).draw(plot, i);
    }
    return plot.element();
  }

  private void draw(Plot plot, int style) {
    double[] shares = shares();
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        plot.column(style, style > 0, edges[b], edges[b + 1], 100 * shares[b], hint(b, shares[b]));
      }
    }
    plot.columns(style, style > 0, name);
  }

  private String hint(int bin, double share) {
    String range = Shown.number(edges[bin]) + " to " + Shown.number(edges[bin + 1]);
    String rows = Shown.count(counts[bin], "row") + ", " + Shown.share(share);
    return (name.isEmpty() ? "" : name + ", ") + range + ": " + rows;
  }
}
