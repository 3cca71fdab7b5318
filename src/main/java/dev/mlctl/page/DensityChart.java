package dev.mlctl.page;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where many points lie: the plane in hexagons, the darker the more points are inside (Carr,
 * Littlefield, Nicholson and Littlefield, JASA 82, 1987). Shades go by the logarithm of the count.
 */
public final class DensityChart {
  /** From the middle of a hexagon to a corner, in units of the drawing. */
  private static final double RADIUS = 5;

  private static final double ACROSS = RADIUS * Math.sqrt(3);
  private static final double DOWN = RADIUS * 1.5;

  /** The shades there are in the style sheet. */
  static final int SHADES = 6;

  private DensityChart() {}

  /** A hexagon, in rows from the top. */
  private record Cell(int row, int column) implements Comparable<Cell> {
    double x() {
      return (column + (row & 1) / 2.0) * ACROSS;
    }

    double y() {
      return row * DOWN;
    }

    /** The hexagon whose middle is nearest. */
    static Cell of(double x, double y) {
      int row = (int) Math.floor(y / DOWN);
      Cell upper = inRow(row, x);
      Cell lower = inRow(row + 1, x);
      return upper.distance(x, y) <= lower.distance(x, y) ? upper : lower;
    }

    private static Cell inRow(int row, double x) {
      return new Cell(row, (int) Math.round(x / ACROSS - (row & 1) / 2.0));
    }

    private double distance(double x, double y) {
      return Math.hypot(x - x(), y - y());
    }

    @Override
    public int compareTo(Cell that) {
      return row == that.row
          ? Integer.compare(column, that.column)
          : Integer.compare(row, that.row);
    }
  }

  /**
   * Draws points into a plot.
   *
   * @param plot with axes that hold the points; others are left out
   * @param xs one per point
   * @param ys one per point
   */
  public static Plot draw(Plot plot, double[] xs, double[] ys) {
    Map<Cell, Integer> counts = new TreeMap<>();
    for (int i = 0; i < xs.length; i++) {
      if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
        counts.merge(Cell.of(plot.px(xs[i]), plot.py(ys[i])), 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(n -> n).max().orElse(1);
    counts.forEach(
        (cell, count) ->
            plot.mark(
                Element.of("path")
                    .styled("shade" + shade(count, most))
                    .with("d", outline(cell))
                    .hint(Shown.count(count, "row"))));
    int[] limits = new int[SHADES];
    Arrays.setAll(limits, s -> lowest(s, most));
    for (int s = 0; s < SHADES; s++) {
      int next = s + 1 < SHADES ? limits[s + 1] - 1 : most;
      if (next >= limits[s]) {
        String range = next == limits[s] ? "" : "–" + Shown.count(next);
        plot.legend().box("shade" + s, Shown.count(limits[s]) + range);
      }
    }
    return plot;
  }

  private static int shade(int count, int most) {
    int shade = SHADES - 1;
    while (shade > 0 && count < lowest(shade, most)) {
      shade--;
    }
    return shade;
  }

  /** The fewest points that get a shade. */
  private static int lowest(int shade, int most) {
    return Math.max(shade + 1, (int) Math.ceil(Math.pow(most, shade / (double) SHADES) - 1e-9));
  }

  private static String outline(Cell cell) {
    StringBuilder d = new StringBuilder();
    for (int corner = 0; corner < 6; corner++) {
      double angle = Math.PI / 3 * corner + Math.PI / 6;
      d.append(corner == 0 ? 'M' : 'L')
          .append(Shown.coordinate(cell.x() + RADIUS * Math.cos(angle)))
          .append(' ')
          .append(Shown.coordinate(cell.y() + RADIUS * Math.sin(angle)));
    }
    return d.append('Z').toString();
  }
}
