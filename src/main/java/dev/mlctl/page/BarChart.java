package dev.mlctl.page;

import java.util.List;

/** Horizontal bars from a common start, each with its name and its value. */
public final class BarChart {
  private static final double ROW = 22;
  private static final double WIDEST_NAME = 150;
  private static final double GAP = 6;

  private BarChart() {}

  /**
   * A bar.
   *
   * @param value at least 0; what is not a number has no bar
   * @param shown the value as it is written
   * @param style 0 to 7
   */
  public record Bar(String name, double value, String shown, int style) {}

  /** The bars in the order given. */
  public static Element of(String title, List<Bar> bars) {
    double names = bars.stream().mapToDouble(b -> TextWidth.of(b.name())).max().orElse(0);
    double values = bars.stream().mapToDouble(b -> TextWidth.of(b.shown())).max().orElse(0);
    double left = Math.min(WIDEST_NAME, names) + GAP;
    double room = Plot.WIDTH - left - values - 2 * GAP;
    double largest = bars.stream().mapToDouble(Bar::value).filter(v -> v > 0).max().orElse(1);
    Element drawing = Drawing.of(title, Plot.WIDTH, bars.size() * ROW + GAP);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = i * ROW + GAP / 2;
      double length = bar.value() > 0 ? Math.max(1, bar.value() / largest * room) : 0;
      Element row = Element.of("g").hint(bar.name() + ": " + bar.shown());
      String name = TextWidth.fitted(bar.name(), WIDEST_NAME);
      row.add(Drawing.text(left - GAP, y + 15, "end", name));
      row.add(Drawing.box("area f" + bar.style(), left, y + 3, length, ROW - 6));
      row.add(Drawing.text(left + length + GAP, y + 15, "start", bar.shown()).styled("value"));
      drawing.add(row);
    }
    return drawing.add(Drawing.line("axis", left, 0, left, bars.size() * ROW + GAP));
  }
}
