package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart with two axes, drawn mark by mark; later marks lie above earlier ones. Marks are in one
 * of eight styles, 0 to 7, which differ by colour and dashes. Values that are not finite leave a
 * gap. Not thread-safe.
 */
public final class Plot {
  /** The width of every drawing. */
  static final double WIDTH = 420;

  /** The styles there are. */
  public static final int STYLES = 8;

  private static final double HEIGHT = 250;
  private static final double TOP = 10;
  private static final double BOTTOM = 42;
  private static final double TICK = 5;

  /** More points than this are drawn as a line only. */
  private static final int MOST_POINTS = 60;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final double left;
  private final double right;
  private final List<Element> marks = new ArrayList<>();
  private final Legend legend = new Legend();

  /** A chart with axes and no marks. */
  public Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
    double widest = y.ticks().stream().mapToDouble(t -> TextWidth.of(t.label())).max().orElse(0);
    this.left = 26 + Math.min(90, widest) + TICK;
    this.right = WIDTH - 8 - overhang(x);
  }

  /** How far the last label reaches beyond the end of its axis. */
  private double overhang(Axis axis) {
    return axis.ticks().stream()
        .mapToDouble(t -> TextWidth.of(t.label()) / 2 - (1 - axis.part(t.at())) * (WIDTH - left))
        .reduce(0, Math::max);
  }

  /** Draws a line, with its points where they are few. */
  public Plot line(int style, String name, double[] xs, double[] ys) {
    path(style, xs, ys);
    if (xs.length <= MOST_POINTS) {
      points(style, name, xs, ys);
    }
    legend.line(style, name);
    return this;
  }

  /** Draws a line without points. */
  public Plot curve(int style, String name, double[] xs, double[] ys) {
    path(style, xs, ys);
    legend.line(style, name);
    return this;
  }

  private void path(int style, double[] xs, double[] ys) {
    StringBuilder d = new StringBuilder();
    boolean drawn = false;
    for (int i = 0; i < xs.length; i++) {
      boolean there = Double.isFinite(xs[i]) && Double.isFinite(ys[i]);
      if (there) {
        d.append(drawn ? 'L' : 'M').append(point(xs[i], ys[i]));
      }
      drawn = there;
    }
    marks.add(Element.of("path").styled("line s" + style).with("d", d.toString()));
  }

  private void points(int style, String name, double[] xs, double[] ys) {
    for (int i = 0; i < xs.length; i++) {
      if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
        point(style, xs[i], ys[i], 3, name + ": " + Shown.number(ys[i]) + " at " + at(xs[i]));
      }
    }
  }

  /** The name of a place on the x axis where it has one, else its number. */
  private String at(double value) {
    return x.ticks().stream()
        .filter(tick -> tick.at() == value)
        .map(Axis.Tick::label)
        .findFirst()
        .orElseGet(() -> Shown.number(value));
  }

  /**
   * Draws a point.
   *
   * @param radius in units of the drawing
   * @param hint what is shown when a pointer rests on it
   */
  public Plot point(int style, double atX, double atY, double radius, String hint) {
    marks.add(
        Element.of("circle")
            .styled("f" + style)
            .at("cx", px(atX))
            .at("cy", py(atY))
            .at("r", radius)
            .hint(hint));
    return this;
  }

  /** Draws the area between two lines, such as a confidence band. */
  public Plot band(int style, String name, double[] xs, double[] lows, double[] highs) {
    StringBuilder d = new StringBuilder();
    for (int from = 0; from < xs.length; from++) {
      int to = from;
      while (to < xs.length && Double.isFinite(lows[to]) && Double.isFinite(highs[to])) {
        to++;
      }
      for (int i = from; i < to; i++) {
        d.append(i == from ? 'M' : 'L').append(point(xs[i], highs[i]));
      }
      for (int i = to - 1; i >= from; i--) {
        d.append('L').append(point(xs[i], lows[i]));
      }
      d.append(to > from ? "Z" : "");
      from = to;
    }
    marks.add(Element.of("path").styled("band f" + style).with("d", d.toString()));
    legend.box("band f" + style, name);
    return this;
  }

  /**
   * Draws a column from the x axis up.
   *
   * @param outlined whether only its outline is drawn, to be laid over another
   * @param hint what is shown when a pointer rests on it
   */
  public Plot column(
      int style, boolean outlined, double from, double to, double height, String hint) {
    double top = py(Math.min(y.high(), height));
    marks.add(
        Element.of("rect")
            .styled(outlined ? "outline s" + style : "area f" + style)
            .at("x", px(from))
            .at("y", top)
            .at("width", Math.max(0.5, px(to) - px(from)))
            .at("height", Math.max(0, py(Math.max(0, y.low())) - top))
            .hint(hint));
    return this;
  }

  /** Names the columns of a style in the legend. */
  public Plot columns(int style, boolean outlined, String name) {
    legend.box(outlined ? "outline s" + style : "area f" + style, name);
    return this;
  }

  /** Draws a level that is not to be crossed; styles are {@code warning} and {@code critical}. */
  public Plot threshold(String style, String name, double level) {
    marks.add(segment("threshold " + style, x.low(), level, x.high(), level));
    legend.line(style, name);
    return this;
  }

  /** Draws a thin line to compare with, which the legend names. */
  public Plot reference(String name, double x1, double y1, double x2, double y2) {
    marks.add(segment("reference", x1, y1, x2, y2));
    legend.line("reference", name);
    return this;
  }

  private Element segment(String style, double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .styled(style)
        .at("x1", px(x1))
        .at("y1", py(y1))
        .at("x2", px(x2))
        .at("y2", py(y2));
  }

  /** Draws any mark, in units of the drawing. */
  Plot mark(Element mark) {
    marks.add(mark);
    return this;
  }

  Legend legend() {
    return legend;
  }

  /** Where a value of the x axis is in the drawing. */
  double px(double value) {
    return left + x.part(value) * (right - left);
  }

  /** Where a value of the y axis is in the drawing. */
  double py(double value) {
    return HEIGHT - BOTTOM - y.part(value) * (HEIGHT - BOTTOM - TOP);
  }

  private String point(double atX, double atY) {
    return Shown.coordinate(px(atX)) + " " + Shown.coordinate(py(atY));
  }

  /** The drawing. */
  public Element element() {
    double above = legend.height();
    Element body =
        Element.of("g").with("transform", "translate(0 " + Shown.coordinate(above) + ")");
    body.add(grid());
    body.add(marks);
    body.add(axes());
    return Drawing.of(title, WIDTH, HEIGHT + above).add(legend.element()).add(body);
  }

  private Element grid() {
    Element grid = Element.of("g").styled("rules");
    for (Axis.Tick tick : y.ticks()) {
      grid.add(segment("", x.low(), tick.at(), x.high(), tick.at()));
    }
    return grid;
  }

  private Element axes() {
    double floor = HEIGHT - BOTTOM;
    Element axes = Element.of("g").styled("axes");
    axes.add(segment("axis", x.low(), y.low(), x.high(), y.low()));
    axes.add(segment("axis", x.low(), y.low(), x.low(), y.high()));
    for (Axis.Tick tick : x.ticks()) {
      double at = px(tick.at());
      axes.add(Drawing.line("axis", at, floor, at, floor + 4));
      axes.add(Drawing.text(at, floor + 17, "middle", tick.label()));
    }
    for (Axis.Tick tick : y.ticks()) {
      double at = py(tick.at());
      axes.add(Drawing.text(left - TICK, at + 4, "end", tick.label()));
    }
    axes.add(Drawing.text((left + right) / 2, HEIGHT - 6, "middle", x.title()).styled("name"));
    String middle = Shown.coordinate((TOP + floor) / 2);
    axes.add(
        Drawing.text(0, 0, "middle", y.title())
            .styled("name")
            .with("transform", "translate(13 " + middle + ") rotate(-90)"));
    return axes;
  }
}
