package dev.mlctl.page;

import java.util.Arrays;
import java.util.List;

/**
 * How rows are spread over categories, by shares: one set of rows, or one compared with another.
 * The bars lie, so that every category has its name beside it.
 */
public final class CategoryChart {
  private static final double BAR = 13;
  private static final double BETWEEN = 8;
  private static final double WIDEST_NAME = 150;
  private static final double GAP = 6;

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

    private double[] shares() {
      double total = Math.max(1, Arrays.stream(counts).sum());
      return Arrays.stream(counts).mapToDouble(n -> n / total).toArray();
    }
  }

  /** Bars one below the other for each category, in the order given. */
  public static Element of(String title, List<String> categories, List<Rows> all) {
    double top = all.stream().flatMapToDouble(r -> Arrays.stream(r.shares())).max().orElse(1);
    double names = categories.stream().mapToDouble(TextWidth::of).max().orElse(0);
    double left = Math.min(WIDEST_NAME, names) + GAP;
    double room = Plot.WIDTH - left - TextWidth.of("100.0 %") - 2 * GAP;
    double row = all.size() * BAR + BETWEEN;
    Legend legend = new Legend();
    for (int i = 0; i < all.size(); i++) {
      legend.box("area f" + i, all.get(i).name);
    }
    double above = legend.height();
    double floor = above + categories.size() * row;
    Element drawing = Drawing.of(title, Plot.WIDTH, floor + GAP).add(legend.element());
    for (int c = 0; c < categories.size(); c++) {
      double y = above + c * row + BETWEEN / 2;
      String name = TextWidth.fitted(categories.get(c), WIDEST_NAME);
      drawing.add(Drawing.text(left - GAP, y + all.size() * BAR / 2 + 4, "end", name));
      for (int i = 0; i < all.size(); i++) {
        double share = all.get(i).shares()[c];
        double length = top > 0 ? share / top * room : 0;
        String hint = categories.get(c) + ": " + Shown.count(all.get(i).counts[c], "row");
        Element bar = Element.of("g").hint(hint);
        bar.add(Drawing.box("area f" + i, left, y + i * BAR, length, BAR - 1));
        String shown = Shown.share(share);
        bar.add(Drawing.text(left + length + GAP, y + (i + 1) * BAR - 2, "start", shown));
        drawing.add(bar);
      }
    }
    return drawing.add(Drawing.line("axis", left, above, left, floor + GAP));
  }
}
