package dev.mlctl.model;

import java.util.Arrays;

/**
 * Lays trees out in pre-order. For each tree: {@link #tree}, then for its root {@link #leaf} or
 * {@link #split}, the subtree of the true child, {@link #otherwise} with what split returned, the
 * subtree of the other child. Not thread-safe.
 */
public final class TreeEnsembleBuilder {
  private int[] roots = new int[64];
  private int[] treeScores = new int[64];
  private int trees;
  private boolean perTreeScores;
  private int[] features = new int[1024];
  private double[] thresholds = new double[1024];
  private int[] otherChildren = new int[1024];
  private int nodes;
  private double[] leafValues = new double[1024];
  private int leafCount;
  private int leafLength;

  /**
   * Starts a tree.
   *
   * @param score the score its leaves' single value adds to, or −1 when leaves hold one value per
   *     score; the same choice for all trees
   */
  public void tree(int score) {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, trees * 2);
      treeScores = Arrays.copyOf(treeScores, trees * 2);
    }
    perTreeScores = score >= 0;
    roots[trees] = nodes;
    treeScores[trees++] = score;
  }

  /**
   * Adds a split; the true child ({@code x <= threshold}) comes next.
   *
   * @return the node, for {@link #otherwise}
   */
  public int split(int feature, double threshold) {
    int node = node(feature);
    thresholds[node] = threshold;
    return node;
  }

  /** Says that the other child of a split comes next. */
  public void otherwise(int split) {
    otherChildren[split] = nodes;
  }

  /** Adds a leaf with one value, or with one per score. */
  public void leaf(double... values) {
    int node = node(-1);
    otherChildren[node] = leafCount++;
    if (leafLength + values.length > leafValues.length) {
      leafValues = Arrays.copyOf(leafValues, Math.max(leafValues.length, values.length) * 2);
    }
    System.arraycopy(values, 0, leafValues, leafLength, values.length);
    leafLength += values.length;
  }

  private int node(int feature) {
    if (nodes == features.length) {
      features = Arrays.copyOf(features, nodes * 2);
      thresholds = Arrays.copyOf(thresholds, nodes * 2);
      otherChildren = Arrays.copyOf(otherChildren, nodes * 2);
    }
    features[nodes] = feature;
    return nodes++;
  }

  /**
   * The ensemble.
   *
   * @param base per score what the sum starts from
   * @param factor what the leaves' sum is multiplied by
   */
  public TreeEnsemble build(int inputs, double[] base, double factor, Link link) {
    return new TreeEnsemble(
        inputs,
        Arrays.copyOf(roots, trees),
        perTreeScores ? Arrays.copyOf(treeScores, trees) : new int[0],
        Arrays.copyOf(features, nodes),
        Arrays.copyOf(thresholds, nodes),
        Arrays.copyOf(otherChildren, nodes),
        Arrays.copyOf(leafValues, leafLength),
        base,
        factor,
        link);
  }
}
