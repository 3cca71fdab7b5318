package dev.mlctl.train;

import dev.mlctl.model.Link;
import dev.mlctl.model.TreeEnsembleBuilder;
import java.util.Locale;
import smile.base.cart.SplitRule;
import smile.classification.DecisionTree;
import smile.data.Tuple;
import smile.data.type.StructType;
import smile.regression.RegressionTree;

/** One CART tree. */
final class TreeFit {
  private TreeFit() {}

  static Fitted fit(Design design, Params params) {
    int depth = params.integer("max_depth");
    int nodes = params.integer("max_nodes");
    int size = params.integer("node_size");
    StructType schema = Frames.rowSchema(design.inputs());
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    // A tree keeps the schema of its inputs only.
    TreeReading reading =
        new TreeReading(builder, Frames.inputs(new double[design.inputs()][1]).schema(), 0);
    if (design.classes() == 0) {
      RegressionTree tree =
          RegressionTree.fit(Frames.formula(), Frames.of(design), depth, nodes, size);
      reading.tree(tree.root(), 0, TreeReading::output);
      return new Fitted(
          builder.build(design.inputs(), new double[1], 1, Link.IDENTITY),
          (inputs, outputs) -> {
            outputs[0] = tree.predict(Tuple.of(Frames.row(inputs), schema));
            return -1;
          },
          tree.importance());
    }
    int classes = design.classes();
    DecisionTree tree =
        DecisionTree.fit(Frames.formula(), Frames.of(design), rule(params), depth, nodes, size);
    reading.tree(tree.root(), -1, leaf -> TreeReading.posteriors(leaf, classes));
    return new Fitted(
        builder.build(design.inputs(), new double[classes], 1, Link.IDENTITY),
        (inputs, outputs) -> tree.predict(Tuple.of(Frames.row(inputs), schema), outputs),
        tree.importance());
  }

  static SplitRule rule(Params params) {
    return SplitRule.valueOf(params.text("split_rule").toUpperCase(Locale.ROOT));
  }
}
