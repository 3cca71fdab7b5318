package dev.mlctl.model;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Between tree ensembles and their Protobuf message. What is one per node or leaf goes from the
 * bytes into the predictor's own arrays, checked on the way, and nowhere else.
 */
final class TreeEnsembleCodec {
  private static final int FEATURES = dev.mlctl.model.proto.TreeEnsemble.FEATURES_FIELD_NUMBER;
  private static final int THRESHOLDS = dev.mlctl.model.proto.TreeEnsemble.THRESHOLDS_FIELD_NUMBER;
  private static final int OTHERS = dev.mlctl.model.proto.TreeEnsemble.OTHER_CHILDREN_FIELD_NUMBER;
  private static final int LEAVES = dev.mlctl.model.proto.TreeEnsemble.LEAF_VALUES_FIELD_NUMBER;
  private static final Set<Integer> LARGE = Set.of(FEATURES, THRESHOLDS, OTHERS, LEAVES);

  private TreeEnsembleCodec() {}

  static dev.mlctl.model.proto.TreeEnsemble write(TreeEnsemble trees) {
    var message = dev.mlctl.model.proto.TreeEnsemble.newBuilder();
    message.setInputs(trees.inputs()).setScores(trees.base().length).setFactor(trees.factor());
    for (int root : trees.roots()) {
      message.addRoots(root);
    }
    for (int score : trees.treeScores()) {
      message.addTreeScores(score);
    }
    for (int feature : trees.features()) {
      message.addFeatures(feature);
    }
    for (double threshold : trees.thresholds()) {
      message.addThresholds(threshold);
    }
    for (int child : trees.otherChildren()) {
      message.addOtherChildren(child);
    }
    for (double value : trees.leafValues()) {
      message.addLeafValues(value);
    }
    for (double base : trees.base()) {
      message.addBase(base);
    }
    return message.setLinkValue(Enums.write(trees.link())).build();
  }

  /**
   * Reads a message and checks every dimension and index in it.
   *
   * @throws IOException when the bytes are no message
   * @throws IllegalArgumentException when they are no sound ensemble
   */
  static TreeEnsemble read(WireSlice wire) throws IOException {
    var message = dev.mlctl.model.proto.TreeEnsemble.newBuilder();
    Map<Integer, WireSlice> large = wire.split(LARGE, message);
    Shapes.check(large.keySet().equals(LARGE), "trees without nodes");
    Shapes.check(message.getScores() == message.getBaseCount(), "base scores");
    LeafValues leaves =
        new LeafValues(
            large.get(LEAVES).doubles(),
            PredictorCodec.integers(message.getTreeScoresCount(), message::getTreeScores),
            message.getBaseCount());
    int[] roots = PredictorCodec.integers(message.getRootsCount(), message::getRoots);
    return new TreeEnsemble(
        message.getInputs(),
        nodes(message.getInputs(), roots, leaves.count(), large),
        leaves,
        PredictorCodec.doubles(message.getBaseCount(), message::getBase),
        message.getFactor(),
        PredictorCodec.link(message.getLinkValue()));
  }

  private static TreeNodes nodes(
      int inputs, int[] roots, int leaves, Map<Integer, WireSlice> large) {
    WireSlice features = large.get(FEATURES);
    WireSlice thresholds = large.get(THRESHOLDS);
    WireSlice others = large.get(OTHERS);
    int count = thresholds.doublesRemaining();
    Shapes.check(
        features.remaining() >= count && others.remaining() >= count, "node arrays differ");
    TreeNodes nodes =
        TreeNodes.read(
            inputs,
            roots,
            count,
            leaves,
            new TreeNodes.Source() {
              @Override
              public int feature() {
                return features.nextSigned();
              }

              @Override
              public double threshold() {
                return thresholds.nextDouble();
              }

              @Override
              public int other() {
                return others.nextUnsigned();
              }
            });
    Shapes.check(features.remaining() == 0 && others.remaining() == 0, "node arrays differ");
    return nodes;
  }
}
