package dev.mlctl.data;

import java.util.Arrays;

/**
 * The bins of a numeric column: bin {@code i} holds {@code edges[i-1] < x <= edges[i]}. Counts
 * without a branch that depends on a value, since those are guessed wrong all the time. Immutable
 * and thread-safe.
 *
 * <p>The range of the edges is cut into equal cells, few enough to stay in the nearest cache and
 * enough for no cell to hold two edges. The cell a value falls into never decreases as the value
 * grows, however that rounds; so all edges in the cells below its own are below the value, those in
 * the cells above are not, and one comparison with the edge in its own cell settles the bin. Edges
 * too uneven for that are searched by halves.
 */
final class Bins {
  private static final int FEWEST_CELLS = 64;
  private static final int MOST_CELLS = 4096;

  /** The edges, zero without its sign, and +∞ up to one less than a power of two, at least one. */
  private final double[] edges;

  private final double origin;
  private final double range;

  /** For each cell the edges in the cells below it; null where the edges are searched. */
  private final int[] edgesBelow;

  /**
   * Bins.
   *
   * @param sorted strictly increasing edges
   */
  Bins(double[] sorted) {
    edges = Arrays.copyOf(sorted, Integer.highestOneBit(sorted.length + 1) * 2 - 1);
    Arrays.setAll(edges, e -> e < sorted.length ? sorted[e] + 0.0 : Double.POSITIVE_INFINITY);
    origin = sorted.length == 0 ? 0 : sorted[0];
    // With one edge there is nothing to scale, and a scale of 0 puts every value into cell 0.
    range = sorted.length > 1 ? sorted[sorted.length - 1] - origin : Double.POSITIVE_INFINITY;
    int[] table = null;
    for (int cells = FEWEST_CELLS; cells <= MOST_CELLS && table == null; cells *= 2) {
      table = edgesBelow(sorted, cells);
    }
    edgesBelow = table;
  }

  private int[] edgesBelow(double[] sorted, int cells) {
    int[] below = new int[cells];
    int last = -1;
    for (int e = 0; e < sorted.length; e++) {
      int cell = cell(sorted[e], cells / range, cells);
      if (cell == last) {
        return null;
      }
      Arrays.fill(below, last + 1, cell + 1, e);
      last = cell;
    }
    Arrays.fill(below, last + 1, cells, sorted.length);
    return below;
  }

  private int cell(double v, double scale, int cells) {
    return Math.max(0, Math.min(cells - 1, (int) ((v - origin) * scale)));
  }

  /**
   * Counts finite values.
   *
   * @param counts per bin, added to
   */
  void count(double[] values, int rows, long[] counts) {
    if (edgesBelow != null) {
      countByCell(values, rows, counts);
    } else {
      countByHalves(values, rows, counts);
    }
  }

  private void countByCell(double[] values, int rows, long[] counts) {
    double[] edges = this.edges;
    int[] edgesBelow = this.edgesBelow;
    double scale = edgesBelow.length / range;
    for (int r = 0; r < rows; r++) {
      double v = values[r];
      int bin = edgesBelow[cell(v, scale, edgesBelow.length)];
      // The sign of the difference: 1 for above. Equal ones give plus zero.
      counts[bin + (int) (Double.doubleToRawLongBits(edges[bin] - v) >>> 63)]++;
    }
  }

  private void countByHalves(double[] values, int rows, long[] counts) {
    double[] edges = this.edges;
    int half = (edges.length + 1) / 2;
    for (int r = 0; r < rows; r++) {
      double v = values[r];
      int bin = 0;
      for (int step = half; step > 0; step >>= 1) {
        bin += v > edges[bin + step - 1] ? step : 0;
      }
      counts[bin]++;
    }
  }
}
