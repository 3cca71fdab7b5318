package dev.mlctl.page;

import java.util.Arrays;
import java.util.List;

/**
 * How rows are spread over categories, by shares: one set of rows, or one compared with another.
 */
public final class CategoryChart {
  private CategoryChart() {}

  /**
   * Rows of one kind.
   *
   * @param name for the legend; empty for none
   * @param counts per category
   */
  public record Rows(String name, long[] counts) {
    /** Copies. */
    public Rows {
      counts = counts.clone();
    }

    @Override
    public long[] counts() {
      return counts.clone();
    }
  }

  /** Columns side by side for each category, in the order given. */
  public static Element of(String title, String axis, List<String> categories, List<Rows> all) {
    double top = all.stream().flatMapToDouble(r -> Arrays.stream(shares(r))).max().orElse(1);
    List<String> names = categories.stream().map(c -> TextWidth.fitted(c, 90)).toList();
    Plot plot = new Plot(title, Axis.of(axis, names), Axis.around("% of rows", 0, 100 * top));
    double width = 0.8 / Math.max(1, all.size());
    for (int i = 0; i < all.size(); i++) {
      double[] shares = shares(all.get(i));
      for (int c = 0; c < shares.length; c++) {
        double from = c - 0.4 + i * width;
        String hint =
            categories.get(c)
                + ": "
                + Shown.count(all.get(i).counts[c], "row")
                + ", "
                + Shown.share(shares[c]);
        plot.column(i, i > 0, from, from + width, 100 * shares[c], hint);
      }
      plot.columns(i, i > 0, all.get(i).name);
    }
    return plot.element();
  }

  private static double[] shares(Rows rows) {
    double total = Math.max(1, Arrays.stream(rows.counts).sum());
    return Arrays.stream(rows.counts).mapToDouble(n -> n / total).toArray();
  }
}
