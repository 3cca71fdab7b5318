package dev.mlctl.model;

/**
 * Walks rows down trees of any depth, node by node.
 *
 * <p>Deep trees are bound by memory and by mispredicted branches. Hence four rows go down a tree
 * side by side, without a branch that depends on their values, so that four loads are under way at
 * any time; a tree is walked by thousands of rows before the next; and a tree that most of these
 * rows' loads would fetch piece by piece is first read from end to end, which the memory does
 * faster.
 */
final class TreeWalk implements TreeSums {
  /** Rows that go through one tree before the next. */
  private static final int MAX_ROWS = 4096;

  private static final int MIN_ROWS = 64;

  /** Keys of a block of rows, at most (unless it has {@link #MIN_ROWS}). */
  private static final int MAX_KEYS = 1 << 17;

  /** Rows looking for their leaves one by one fetch about so many nodes each. */
  private static final int NODES_PER_ROW = 64;

  /** Doubles or longs in a line of the cache. */
  private static final int LINE = 8;

  /** Making keys must cost less than the walk: at most so many inputs per tree. */
  private static final int INPUTS_PER_TREE = 8;

  private final int inputs;
  private final TreeNodes nodes;
  private final LeafValues leafValues;
  private final boolean keyed;

  TreeWalk(int inputs, TreeNodes nodes, LeafValues leafValues) {
    this.inputs = inputs;
    this.nodes = nodes;
    this.leafValues = leafValues;
    this.keyed = nodes.keyed() && inputs <= (long) INPUTS_PER_TREE * nodes.trees();
  }

  /** Some rows on their way. */
  private static final class Block {
    final double[][] x;
    final int[] keys;
    final int[] leaves;
    int from;
    int rows;

    Block(double[][] x, int keys, int rows) {
      this.x = x;
      this.keys = new int[keys];
      this.leaves = new int[rows];
    }
  }

  @Override
  public void add(double[][] x, int rows, double[][] sums, int at) {
    int most = Math.min(rows, Math.max(MIN_ROWS, Math.min(MAX_ROWS, MAX_KEYS / inputs)));
    Block block = new Block(x, keyed ? most * inputs : 0, most);
    for (block.from = 0; block.from < rows; block.from += most) {
      block.rows = Math.min(most, rows - block.from);
      if (keyed) {
        makeKeys(block);
      }
      for (int tree = 0; tree < nodes.trees(); tree++) {
        fetch(tree, block);
        walk(tree, block);
        leafValues.add(tree, block.leaves, block.rows, sums, at + block.from);
      }
    }
  }

  private void makeKeys(Block block) {
    for (int i = 0; i < inputs; i++) {
      double[] column = block.x[i];
      for (int r = 0; r < block.rows; r++) {
        block.keys[r * inputs + i] = TreeNodes.key(column[block.from + r]);
      }
    }
  }

  /** Reads a large tree from end to end. The sum is of no use, which the compiler must not see. */
  private void fetch(int tree, Block block) {
    int root = nodes.root(tree);
    int end = nodes.end(tree);
    if (end - root <= LINE * LINE || end - root > (long) NODES_PER_ROW * block.rows) {
      return;
    }
    long[] words = nodes.words();
    double sum = 0;
    for (int n = root; n < end; n += LINE) {
      sum += words[n];
    }
    // The leaves of a tree are usually numbered in pre-order, the last node being the last leaf.
    int last = nodes.leaf(end - 1);
    double[] values = leafValues.values();
    int width = leafValues.width();
    for (int i = Math.max(0, last - (end - root) / 2) * width; i <= last * width; i += LINE) {
      sum += values[i];
    }
    block.leaves[0] = (int) sum;
  }

  private void walk(int tree, Block block) {
    int root = nodes.root(tree);
    int r = 0;
    if (keyed) {
      for (; r + 4 <= block.rows; r += 4) {
        fourLeaves(root, r, block);
      }
    }
    for (; r < block.rows; r++) {
      block.leaves[r] = leaf(root, block.x, block.from + r);
    }
  }

  private int leaf(int root, double[][] x, int row) {
    int node = root;
    while (!nodes.isLeaf(node)) {
      boolean next = x[nodes.feature(node)][row] <= nodes.thresholds()[node];
      node = next ? node + 1 : nodes.other(node);
    }
    return nodes.leaf(node);
  }

  /**
   * Four rows from {@code r} on. A row at its leaf stays there, because a leaf's word has neither
   * the bit for the step to the next node nor a distance, until all four are at theirs.
   */
  private void fourLeaves(int root, int r, Block block) {
    long[] words = nodes.words();
    int[] keys = block.keys;
    int mask = nodes.featureMask();
    int shift = nodes.distanceShift();
    int atA = r * inputs;
    int atB = atA + inputs;
    int atC = atB + inputs;
    int atD = atC + inputs;
    int a = root;
    int b = root;
    int c = root;
    int d = root;
    while (true) {
      long wordA = words[a];
      long wordB = words[b];
      long wordC = words[c];
      long wordD = words[d];
      if (((int) (wordA | wordB | wordC | wordD) & TreeNodes.SPLIT) == 0) {
        block.leaves[r] = (int) (wordA >>> 32);
        block.leaves[r + 1] = (int) (wordB >>> 32);
        block.leaves[r + 2] = (int) (wordC >>> 32);
        block.leaves[r + 3] = (int) (wordD >>> 32);
        return;
      }
      long overA = (wordA >> 32) - keys[atA + ((int) wordA >>> 1 & mask)];
      long overB = (wordB >> 32) - keys[atB + ((int) wordB >>> 1 & mask)];
      long overC = (wordC >> 32) - keys[atC + ((int) wordC >>> 1 & mask)];
      long overD = (wordD >> 32) - keys[atD + ((int) wordD >>> 1 & mask)];
      overA = overA == 0 ? compare(a, r, block) : overA;
      overB = overB == 0 ? compare(b, r + 1, block) : overB;
      overC = overC == 0 ? compare(c, r + 2, block) : overC;
      overD = overD == 0 ? compare(d, r + 3, block) : overD;
      a += ((int) wordA & TreeNodes.SPLIT) + ((int) wordA >>> shift & (int) (overA >> 63));
      b += ((int) wordB & TreeNodes.SPLIT) + ((int) wordB >>> shift & (int) (overB >> 63));
      c += ((int) wordC & TreeNodes.SPLIT) + ((int) wordC >>> shift & (int) (overC >> 63));
      d += ((int) wordD & TreeNodes.SPLIT) + ((int) wordD >>> shift & (int) (overD >> 63));
    }
  }

  /** What decides between equal keys: negative when the row's input is above the threshold. */
  private long compare(int node, int r, Block block) {
    double value = block.x[nodes.feature(node)][block.from + r];
    return value <= nodes.thresholds()[node] ? 1 : -1;
  }
}
