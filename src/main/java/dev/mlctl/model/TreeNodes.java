package dev.mlctl.model;

/**
 * The nodes of all trees of an ensemble in pre-order, checked, one long each. Immutable.
 *
 * <p>The child taken when {@code x[feature] <= threshold} is the next node. A node's word holds,
 * from the lowest bit: 1 for a split or 0 for a leaf; the feature; how far behind the next node the
 * other child is; and in the upper half the {@link #key} of the threshold, or a leaf's row of
 * values. So a step down a tree loads one word and compares two ints: only when the keys are equal
 * are the numbers themselves looked at. Where feature and distance do not fit into 31 bits there is
 * no key and the distance takes the upper half.
 */
final class TreeNodes {
  /** Bit 0 of a word. */
  static final int SPLIT = 1;

  private static final int HALF = 32;

  private final int[] roots;
  private final long[] words;
  private final double[] thresholds;
  private final boolean keyed;
  private final int featureMask;
  private final int distanceShift;

  private TreeNodes(int inputs, int[] roots, int nodes) {
    this.roots = roots;
    this.words = new long[nodes];
    this.thresholds = new double[nodes];
    int featureBits = Integer.SIZE - Integer.numberOfLeadingZeros(inputs - 1);
    int largest = 0;
    for (int t = 0; t < roots.length; t++) {
      Shapes.check(roots[t] >= 0 && roots[t] < end(t) && end(t) <= nodes, "tree roots");
      largest = Math.max(largest, end(t) - roots[t]);
    }
    this.keyed = (long) largest << featureBits < 1L << (Integer.SIZE - 1);
    this.featureMask = keyed ? (1 << featureBits) - 1 : -1 >>> 1;
    this.distanceShift = keyed ? 1 + featureBits : HALF;
  }

  /** Nodes one after the other, from arrays or from a file. */
  interface Source {
    /** The input the next node splits on, −1 for a leaf. */
    int feature();

    /** What the next node compares with. */
    double threshold();

    /** The child of the next node for greater inputs, or a leaf's row of values. */
    int other();
  }

  /**
   * Takes nodes from a source; each of its methods is called once per node.
   *
   * @param inputs how many inputs the features index, positive
   * @param roots the first node of each tree, ascending from 0
   * @param leaves how many rows of leaf values there are
   * @throws IllegalArgumentException when any index is out of range or out of order, a node is
   *     reached on no way or on two, or a threshold is not finite
   */
  static TreeNodes read(int inputs, int[] roots, int nodes, int leaves, Source source) {
    Shapes.check(inputs > 0, "no inputs");
    Shapes.check(roots.length > 0 && roots[0] == 0, "the first tree does not start at node 0");
    TreeNodes made = new TreeNodes(inputs, roots, nodes);
    for (int t = 0; t < roots.length; t++) {
      made.readTree(roots[t], made.end(t), inputs, leaves, source);
    }
    return made;
  }

  private void readTree(int start, int end, int inputs, int leaves, Source source) {
    // The other children of the splits whose true side is not yet complete.
    int[] awaited = new int[(end - start) / 2];
    int open = 0;
    for (int n = start; n < end; n++) {
      int feature = source.feature();
      double threshold = source.threshold();
      int other = source.other();
      thresholds[n] = threshold;
      if (feature == -1) {
        Shapes.check(other >= 0 && other < leaves, "a leaf without values");
        Shapes.check(n + 1 == (open == 0 ? end : awaited[--open]), "nodes are not in pre-order");
        words[n] = (long) other << HALF;
      } else {
        Shapes.check(feature >= 0 && feature < inputs, "a split on no input");
        Shapes.check(Double.isFinite(threshold), "a threshold is not finite");
        Shapes.check(n + 1 < end && other > n + 1 && other < end, "a child outside its tree");
        Shapes.check(open < awaited.length, "nodes are not in pre-order");
        awaited[open++] = other;
        long key = keyed ? (long) key(threshold) << HALF : 0;
        words[n] = key | (long) (other - n - 1) << distanceShift | (long) feature << 1 | SPLIT;
      }
    }
  }

  /**
   * The upper half of a double's bits, made so that the order of the keys is that of the doubles:
   * {@code key(a) < key(b)} implies {@code a < b}. Both zeros have one key; NaN has the greatest.
   */
  static int key(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return (int) ((bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE)) >> HALF);
  }

  /** How many nodes, leaves included. */
  int size() {
    return words.length;
  }

  /** How many trees. */
  int trees() {
    return roots.length;
  }

  /** The first node of a tree. */
  int root(int tree) {
    return roots[tree];
  }

  /** The node after the last one of a tree, which is a leaf. */
  int end(int tree) {
    return tree + 1 < roots.length ? roots[tree + 1] : words.length;
  }

  /** Whether words hold keys. */
  boolean keyed() {
    return keyed;
  }

  /** The words. Not to be changed. */
  long[] words() {
    return words;
  }

  /** What each node compares with. Not to be changed. */
  double[] thresholds() {
    return thresholds;
  }

  /** What is left of a word after its lowest bit when all but the feature is masked. */
  int featureMask() {
    return featureMask;
  }

  /** How far a keyed word's lower half must be shifted for the distance of the other child. */
  int distanceShift() {
    return distanceShift;
  }

  boolean isLeaf(int node) {
    return (words[node] & SPLIT) == 0;
  }

  /** The input a split looks at. */
  int feature(int node) {
    return (int) words[node] >>> 1 & featureMask;
  }

  /** The child of a split for greater inputs. */
  int other(int node) {
    long distance = keyed ? (int) words[node] >>> distanceShift : words[node] >>> HALF;
    return node + 1 + (int) distance;
  }

  /** A leaf's row of values. */
  int leaf(int node) {
    return (int) (words[node] >>> HALF);
  }
}
