package dev.mlctl.model;

import java.util.Arrays;

/**
 * Decision trees whose leaves are summed: a single tree, a random forest, gradient boosting.
 *
 * <p>All trees share flat arrays in pre-order: the child taken when {@code x[feature] <= threshold}
 * is the next node, the other one is named. Children always come after their parent, hence no walk
 * can loop. {@code score = base + factor · Σ leaves}, then the link.
 */
public final class TreeEnsemble implements Predictor {
  /** Rows walked through one tree before the next: their inputs stay in the first-level cache. */
  private static final int BLOCK = 128;

  private final int inputs;
  private final int scores;
  private final int[] roots;
  private final int[] treeScores;
  private final int[] features;
  private final double[] thresholds;
  private final int[] otherChildren;
  private final double[] leafValues;
  private final double[] base;
  private final double factor;
  private final Link link;

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
    this.inputs = inputs;
    this.scores = base.length;
    this.roots = roots.clone();
    this.treeScores = treeScores.clone();
    this.features = features.clone();
    this.thresholds = thresholds.clone();
    this.otherChildren = otherChildren.clone();
    this.leafValues = leafValues.clone();
    this.base = base.clone();
    this.factor = factor;
    this.link = link;
    checkShape();
    checkTrees();
  }

  private void checkShape() {
    int nodes = features.length;
    Shapes.check(inputs > 0 && scores > 0, "no inputs or no scores");
    Shapes.check(link != Link.LOGISTIC || scores == 1, "a logistic link takes one score");
    Shapes.check(thresholds.length == nodes && otherChildren.length == nodes, "node arrays differ");
    Shapes.check(roots.length > 0 && roots[0] == 0, "the first tree does not start at node 0");
    Shapes.check(treeScores.length == 0 || treeScores.length == roots.length, "tree scores");
    for (int score : treeScores) {
      Shapes.check(score >= 0 && score < scores, "a tree adds to a score that is not there");
    }
    Shapes.check(leafValues.length % leafWidth() == 0, "leaf values are not rectangular");
    Shapes.finite(leafValues, "leaf values");
    Shapes.finite(base, "base scores");
    Shapes.check(Double.isFinite(factor), "the factor is not finite");
  }

  private void checkTrees() {
    int leaves = leafValues.length / leafWidth();
    for (int t = 0; t < roots.length; t++) {
      int start = roots[t];
      int end = t + 1 < roots.length ? roots[t + 1] : features.length;
      Shapes.check(start >= 0 && start < end && end <= features.length, "tree roots");
      for (int n = start; n < end; n++) {
        int other = otherChildren[n];
        if (features[n] == -1) {
          Shapes.check(other >= 0 && other < leaves, "a leaf without values");
        } else {
          Shapes.check(features[n] >= 0 && features[n] < inputs, "a split on no input");
          Shapes.check(Double.isFinite(thresholds[n]), "a threshold is not finite");
          Shapes.check(n + 1 < end && other > n + 1 && other < end, "a child outside its tree");
        }
      }
    }
  }

  private int leafWidth() {
    return treeScores.length > 0 ? 1 : scores;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return link.outputs(scores);
  }

  @Override
  public String kind() {
    return roots.length == 1 ? "decision tree" : "ensemble of " + roots.length + " trees";
  }

  /** How many trees. */
  public int trees() {
    return roots.length;
  }

  /** How many nodes, leaves included. */
  public int nodes() {
    return features.length;
  }

  @Override
  public void predict(double[][] x, int rows, double[][] out) {
    double[] block = new double[BLOCK * inputs];
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      transpose(x, from, count, block);
      predictBlock(block, from, count, out);
    }
    for (int s = 0; s < scores; s++) {
      double[] score = score(out, s);
      for (int r = 0; r < rows; r++) {
        score[r] = base[s] + factor * score[r];
      }
    }
    link.apply(out, rows);
  }

  private void transpose(double[][] x, int from, int count, double[] block) {
    for (int i = 0; i < inputs; i++) {
      double[] column = x[i];
      for (int r = 0; r < count; r++) {
        block[r * inputs + i] = column[from + r];
      }
    }
  }

  private void predictBlock(double[] block, int from, int count, double[][] out) {
    for (int s = 0; s < scores; s++) {
      Arrays.fill(score(out, s), from, from + count, 0);
    }
    for (int t = 0; t < roots.length; t++) {
      if (treeScores.length > 0) {
        addTree(roots[t], block, count, score(out, treeScores[t]), from);
      } else {
        addVectors(roots[t], block, count, out, from);
      }
    }
  }

  private void addTree(int root, double[] block, int count, double[] score, int from) {
    for (int r = 0; r < count; r++) {
      score[from + r] += leafValues[leaf(root, block, r * inputs)];
    }
  }

  private void addVectors(int root, double[] block, int count, double[][] out, int from) {
    for (int r = 0; r < count; r++) {
      int values = leaf(root, block, r * inputs) * scores;
      for (int s = 0; s < scores; s++) {
        score(out, s)[from + r] += leafValues[values + s];
      }
    }
  }

  private int leaf(int root, double[] block, int at) {
    int node = root;
    int feature = features[node];
    while (feature >= 0) {
      node = block[at + feature] <= thresholds[node] ? node + 1 : otherChildren[node];
      feature = features[node];
    }
    return otherChildren[node];
  }

  private double[] score(double[][] out, int score) {
    return link == Link.LOGISTIC ? out[1] : out[score];
  }

  /** First node of each tree, a copy. */
  public int[] roots() {
    return roots.clone();
  }

  /** The score each tree adds to, a copy; empty when leaves hold one value per score. */
  public int[] treeScores() {
    return treeScores.clone();
  }

  /** The input each node splits on, −1 for leaves, a copy. */
  public int[] features() {
    return features.clone();
  }

  /** What each node compares with, a copy. */
  public double[] thresholds() {
    return thresholds.clone();
  }

  /** The child for greater inputs, or a leaf's row of values, a copy. */
  public int[] otherChildren() {
    return otherChildren.clone();
  }

  /** Row-major, one row per leaf, a copy. */
  public double[] leafValues() {
    return leafValues.clone();
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
