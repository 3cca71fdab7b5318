package dev.mlctl.train;

import dev.mlctl.model.TreeEnsembleBuilder;
import smile.base.cart.DecisionNode;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.base.cart.OrdinalNode;
import smile.base.cart.RegressionNode;
import smile.data.Tuple;
import smile.data.type.StructType;

/**
 * Reads the nodes of a Smile tree whose columns are all numbers. Smile keeps a split's threshold to
 * itself but answers which way a row goes, so the threshold is found, exactly, by bisection over
 * the ordered bits of a double.
 */
final class TreeReading {
  private final TreeEnsembleBuilder builder;
  private final double[] probe;
  private final Tuple tuple;
  private final int firstInput;

  /**
   * A reader of trees over one schema.
   *
   * @param firstInput how many columns of the schema are no inputs; they come first
   */
  TreeReading(TreeEnsembleBuilder builder, StructType schema, int firstInput) {
    this.builder = builder;
    this.probe = new double[schema.length()];
    this.tuple = Tuple.of(probe, schema);
    this.firstInput = firstInput;
  }

  /** What a leaf adds to the ensemble. */
  interface LeafValues {
    double[] of(Node leaf);
  }

  /**
   * Adds a tree.
   *
   * @param score the score its leaves add to, or −1 when they hold one value per score
   */
  void tree(Node root, int score, LeafValues leaves) {
    builder.tree(score);
    node(root, leaves);
  }

  private void node(Node node, LeafValues leaves) {
    if (node instanceof OrdinalNode split) {
      int at = builder.split(split.feature() - firstInput, threshold(split));
      node(split.trueChild(), leaves);
      builder.otherwise(at);
      node(split.falseChild(), leaves);
    } else if (node instanceof InternalNode) {
      throw new IllegalStateException("a split on something other than a number");
    } else {
      builder.leaf(leaves.of(node));
    }
  }

  static double[] output(Node leaf) {
    return new double[] {((RegressionNode) leaf).output()};
  }

  static double[] posteriors(Node leaf, int classes) {
    return ((DecisionNode) leaf).posteriori(new double[classes]);
  }

  /** The greatest double that still goes to the true child. */
  private double threshold(OrdinalNode split) {
    long low = ordered(-Double.MAX_VALUE);
    long high = ordered(Double.MAX_VALUE);
    while (low < high) {
      // The mean rounded up, without overflow: (low | high) - ((low ^ high) >> 1).
      long middle = (low | high) - ((low ^ high) >> 1);
      probe[split.feature()] = fromOrdered(middle);
      if (split.branch(tuple)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    probe[split.feature()] = 0;
    return fromOrdered(low);
  }

  /** Bits as a long that is in the order of the doubles. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double fromOrdered(long ordered) {
    return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
  }
}
