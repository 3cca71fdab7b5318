package dev.mlctl.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decision trees whose leaves are summed: a single tree, a random forest, gradient boosting.
 *
 * <p>All trees share flat arrays in pre-order: the child taken when {@code x[feature] <= threshold}
 * is the next node, the other one is named. Children always come after their parent, hence no walk
 * can loop. {@code score = base + factor · Σ leaves}, then the link.
 *
 * <p>Leaves are summed in the order of the trees, whichever way rows are taken through them: {@link
 * SlicedTrees} or {@link TreeWalk}.
 */
public final class TreeEnsemble implements Predictor {
  /** Fewer rows than this are walked: slices cost the same for one row as for 64. */
  private static final int SLICED_ROWS = 8;

  private final int inputs;
  private final TreeNodes nodes;
  private final LeafValues leaves;
  private final double[] base;
  private final double factor;
  private final Link link;
  private final TreeSums walk;
  private final List<TreeSums> slices;

  /**
   * An ensemble.
   *
   * @param inputs how many inputs the features index
   * @param roots first node of each tree, ascending from 0
   * @param treeScores the score each tree adds its leaf's one value to; empty when every leaf has a
   *     value for each score
   * @param features per node the input it splits on, or −1 for a leaf
   * @param thresholds per node what the input is compared with; ignored for a leaf
   * @param otherChildren per node the child taken when the input is greater; for a leaf its row in
   *     {@code leafValues}
   * @param leafValues row-major, one row per leaf
   * @param base per score what the sum starts from
   * @param factor what the leaves' sum is multiplied by
   * @throws IllegalArgumentException when any index is out of range or out of order
   */
  public TreeEnsemble(
      int inputs,
      int[] roots,
      int[] treeScores,
      int[] features,
      double[] thresholds,
      int[] otherChildren,
      double[] leafValues,
      double[] base,
      double factor,
      Link link) {
    this(
        inputs,
        nodes(
            inputs,
            roots.clone(),
            features,
            thresholds,
            otherChildren,
            new LeafValues(leafValues, treeScores, base.length).count()),
        new LeafValues(leafValues.clone(), treeScores.clone(), base.length),
        base.clone(),
        factor,
        link);
  }

  /** An ensemble of parts that nobody changes. */
  TreeEnsemble(
      int inputs, TreeNodes nodes, LeafValues leaves, double[] base, double factor, Link link) {
    this.inputs = inputs;
    this.nodes = nodes;
    this.leaves = leaves;
    this.base = base;
    this.factor = factor;
    this.link = link;
    int scores = base.length;
    Shapes.check(scores == leaves.scores(), "base scores");
    Shapes.check(link != Link.LOGISTIC || scores == 1, "a logistic link takes one score");
    Shapes.check(leaves.vectors() || leaves.treeScores().length == nodes.trees(), "tree scores");
    Shapes.finite(base, "base scores");
    Shapes.check(Double.isFinite(factor), "the factor is not finite");
    this.walk = new TreeWalk(inputs, nodes, leaves);
    this.slices = SlicedTrees.of(nodes, leaves);
  }

  private static TreeNodes nodes(
      int inputs,
      int[] roots,
      int[] features,
      double[] thresholds,
      int[] otherChildren,
      int leaves) {
    int size = features.length;
    Shapes.check(thresholds.length == size && otherChildren.length == size, "node arrays differ");
    return TreeNodes.read(
        inputs,
        roots,
        size,
        leaves,
        new TreeNodes.Source() {
          private int node = -1;

          @Override
          public int feature() {
            return features[++node];
          }

          @Override
          public double threshold() {
            return thresholds[node];
          }

          @Override
          public int other() {
            return otherChildren[node];
          }
        });
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return link.outputs(base.length);
  }

  @Override
  public String kind() {
    return trees() == 1 ? "decision tree" : "ensemble of " + trees() + " trees";
  }

  /** How many trees. */
  public int trees() {
    return nodes.trees();
  }

  /** How many nodes, leaves included. */
  public int nodes() {
    return nodes.size();
  }

  @Override
  public void predict(Inputs x, double[][] out, int at) {
    double[][] dense = x.dense();
    int end = at + x.rows();
    double[][] scores = link.scores(out);
    for (double[] score : scores) {
      Arrays.fill(score, at, end, 0);
    }
    if (slices.isEmpty() || x.rows() < SLICED_ROWS) {
      walk.add(dense, x.rows(), scores, at);
    } else {
      for (TreeSums trees : slices) {
        trees.add(dense, x.rows(), scores, at);
      }
    }
    for (int s = 0; s < base.length; s++) {
      double[] score = scores[s];
      for (int r = at; r < end; r++) {
        score[r] = base[s] + factor * score[r];
      }
    }
    link.apply(out, at, end);
  }

  TreeNodes layout() {
    return nodes;
  }

  LeafValues leaves() {
    return leaves;
  }

  /** First node of each tree, newly made. */
  public int[] roots() {
    return IntStream.range(0, trees()).map(nodes::root).toArray();
  }

  /** The score each tree adds to, a copy; empty when leaves hold one value per score. */
  public int[] treeScores() {
    return leaves.treeScores().clone();
  }

  /** The input each node splits on, −1 for leaves, newly made. */
  public int[] features() {
    return IntStream.range(0, nodes()).map(n -> nodes.isLeaf(n) ? -1 : nodes.feature(n)).toArray();
  }

  /** What each node compares with, a copy. */
  public double[] thresholds() {
    return nodes.thresholds().clone();
  }

  /** The child for greater inputs, or a leaf's row of values, newly made. */
  public int[] otherChildren() {
    return IntStream.range(0, nodes())
        .map(n -> nodes.isLeaf(n) ? nodes.leaf(n) : nodes.other(n))
        .toArray();
  }

  /** Row-major, one row per leaf, a copy. */
  public double[] leafValues() {
    return leaves.values().clone();
  }

  /** What each score starts from, a copy. */
  public double[] base() {
    return base.clone();
  }

  /** What the leaves' sum is multiplied by. */
  public double factor() {
    return factor;
  }

  /** How scores become outputs. */
  public Link link() {
    return link;
  }
}
