package dev.mlctl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Takes rows through shallow trees 64 at a time, a bit each. All comparisons of a row with all
 * thresholds are made first, {@link Cuts one input} after the other; then each tree costs some four
 * operations per split for {@link BitPlanes all 64 rows} and no branch at all.
 */
final class SlicedTrees implements TreeSums {
  /** Splits in a group of trees, about: its tables stay in the second-level cache. */
  private static final int SPLITS = 1 << 14;

  /** Places of trees that need not be nearly full. */
  private static final long MAX_PLACES = 1 << 20;

  /** The first answer; the one before is always that no row is above. */
  private static final int FIRST = 1;

  private final Cuts[] cuts;
  private final int answers;
  private final LeafValues leafValues;
  private final int firstTree;
  private final int[] levels;

  /** Per tree where its splits and leaves start. */
  private final int[] starts;

  private final char[] heap;

  /** The leaf at each place of each tree's lowest level; of a row that stopped above, the first. */
  private final int[] leaves;

  /** The values of {@link #leaves} when each has one; else null. */
  private final double[] values;

  private SlicedTrees(TreeNodes nodes, LeafValues leafValues, int firstTree, int endTree) {
    this.leafValues = leafValues;
    this.firstTree = firstTree;
    this.levels = new int[endTree - firstTree];
    this.starts = new int[endTree - firstTree];
    int places = 0;
    for (int t = 0; t < levels.length; t++) {
      levels[t] = Math.max(1, depth(nodes, firstTree + t));
      starts[t] = places;
      places += 1 << levels[t];
    }
    Map<Integer, Cuts> byInput = cuts(nodes, nodes.root(firstTree), nodes.end(endTree - 1));
    this.cuts = byInput.values().toArray(Cuts[]::new);
    this.answers = cuts.length == 0 ? FIRST : cuts[cuts.length - 1].end();
    this.heap = new char[places];
    this.leaves = new int[places];
    for (int t = 0; t < levels.length; t++) {
      place(nodes, nodes.root(firstTree + t), byInput, t, 1);
    }
    this.values =
        leafValues.vectors()
            ? null
            : Arrays.stream(leaves).mapToDouble(leaf -> leafValues.values()[leaf]).toArray();
  }

  /**
   * Groups of all trees, in order; none when that would be no gain: when a tree is too deep, when
   * the tables would be much larger than the trees, or when the rows have so many inputs that the
   * comparisons would cost more than a walk.
   */
  static List<TreeSums> of(TreeNodes nodes, LeafValues leafValues) {
    long levels = 0;
    long places = 0;
    for (int t = 0; t < nodes.trees(); t++) {
      int depth = depth(nodes, t);
      if (depth > BitPlanes.LEVELS) {
        return List.of();
      }
      levels += depth;
      places += 1L << depth;
    }
    int groups = nodes.size() / 2 / SPLITS + 1;
    if (places > Math.max(MAX_PLACES, 2L * nodes.size())
        || 2 * inputsUsed(nodes) * groups > levels) {
      return List.of();
    }
    List<TreeSums> made = new ArrayList<>();
    int from = 0;
    for (int t = 0; t < nodes.trees(); t++) {
      if (nodes.end(t) >= (made.size() + 1L) * nodes.size() / groups) {
        made.add(new SlicedTrees(nodes, leafValues, from, t + 1));
        from = t + 1;
      }
    }
    return made;
  }

  private static long inputsUsed(TreeNodes nodes) {
    return IntStream.range(0, nodes.size())
        .filter(n -> !nodes.isLeaf(n))
        .map(nodes::feature)
        .distinct()
        .count();
  }

  /** Splits on the longest way down a tree, but no more than one more than can be sliced. */
  private static int depth(TreeNodes nodes, int tree) {
    return depth(nodes, nodes.root(tree), 0);
  }

  private static int depth(TreeNodes nodes, int node, int above) {
    if (nodes.isLeaf(node) || above > BitPlanes.LEVELS) {
      return above;
    }
    return Math.max(depth(nodes, node + 1, above + 1), depth(nodes, nodes.other(node), above + 1));
  }

  private static Map<Integer, Cuts> cuts(TreeNodes nodes, int from, int to) {
    Map<Integer, List<Double>> thresholds = new TreeMap<>();
    for (int n = from; n < to; n++) {
      if (!nodes.isLeaf(n)) {
        thresholds
            .computeIfAbsent(nodes.feature(n), f -> new ArrayList<>())
            .add(nodes.thresholds()[n]);
      }
    }
    Map<Integer, Cuts> cuts = new TreeMap<>();
    int first = FIRST;
    for (Map.Entry<Integer, List<Double>> entry : thresholds.entrySet()) {
      double[] own = entry.getValue().stream().mapToDouble(t -> t).toArray();
      Cuts made = new Cuts(entry.getKey(), own, first);
      cuts.put(made.input(), made);
      first = made.end();
    }
    return cuts;
  }

  private void place(TreeNodes nodes, int node, Map<Integer, Cuts> byInput, int t, int at) {
    if (at >= 1 << levels[t]) {
      leaves[starts[t] + at - (1 << levels[t])] = nodes.leaf(node);
    } else if (nodes.isLeaf(node)) {
      place(nodes, node, byInput, t, 2 * at);
    } else {
      Cuts own = byInput.get(nodes.feature(node));
      heap[starts[t] + at] = (char) own.indexOf(nodes.thresholds()[node]);
      place(nodes, node + 1, byInput, t, 2 * at);
      place(nodes, nodes.other(node), byInput, t, 2 * at + 1);
    }
  }

  @Override
  public void add(double[][] x, int rows, double[][] sums, int at) {
    long[] above = new long[answers];
    byte[] places = new byte[BitPlanes.ROWS];
    int[] reached = new int[BitPlanes.ROWS];
    for (int from = 0; from < rows; from += BitPlanes.ROWS) {
      int count = Math.min(BitPlanes.ROWS, rows - from);
      Arrays.fill(above, 0);
      for (Cuts one : cuts) {
        one.answer(x[one.input()], from, count, above);
      }
      for (int t = 0; t < levels.length; t++) {
        BitPlanes.leaves(above, heap, starts[t], levels[t], places);
        if (values == null) {
          addVectors(t, places, reached, count, sums, at + from);
        } else {
          addValues(t, places, count, sums[leafValues.treeScores()[firstTree + t]], at + from);
        }
      }
    }
  }

  private void addVectors(int t, byte[] places, int[] reached, int count, double[][] sums, int at) {
    for (int r = 0; r < count; r++) {
      reached[r] = leaves[starts[t] + (places[r] & 0xff)];
    }
    leafValues.add(firstTree + t, reached, count, sums, at);
  }

  private void addValues(int t, byte[] places, int count, double[] sum, int at) {
    int start = starts[t];
    for (int r = 0; r < count; r++) {
      sum[at + r] += values[start + (places[r] & 0xff)];
    }
  }
}
