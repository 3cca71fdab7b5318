package dev.mlctl.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.mlctl.model.Link;
import dev.mlctl.model.TreeEnsemble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tree ensemble as an ONNX file, for comparisons. Written field by field after {@code onnx.proto}
 * and the operators of {@code ai.onnx.ml} (github.com/onnx/onnx): version 3 in float with the
 * attributes that skl2onnx sets, version 5 in double. The input is {@code x}, the output {@code y},
 * both {@code [rows, columns]}.
 */
final class OnnxTrees {
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;

  private final TreeEnsemble trees;
  private final int[] roots;
  private final int[] features;
  private final double[] thresholds;
  private final int[] others;
  private final double[] leafValues;
  private final int[] treeScores;
  private final int scores;

  private OnnxTrees(TreeEnsemble trees) {
    this.trees = trees;
    this.roots = trees.roots();
    this.features = trees.features();
    this.thresholds = trees.thresholds();
    this.others = trees.otherChildren();
    this.leafValues = trees.leafValues();
    this.treeScores = trees.treeScores();
    this.scores = trees.base().length;
  }

  /** {@code TreeEnsembleRegressor} or {@code TreeEnsembleClassifier}, version 3, float. */
  static byte[] version3(TreeEnsemble trees) {
    return new OnnxTrees(trees).model3();
  }

  /** {@code TreeEnsemble}, version 5, double; without a link, so the outputs are scores. */
  static byte[] version5(TreeEnsemble trees) {
    return new OnnxTrees(trees).model5();
  }

  /** One Protobuf message. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** Something that writes fields. */
    private interface Fields {
      void write(CodedOutputStream to) throws IOException;
    }

    Message add(Fields fields) {
      try {
        fields.write(out);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Message number(int field, long value) {
      return add(o -> o.writeInt64(field, value));
    }

    Message text(int field, String value) {
      return add(o -> o.writeString(field, value));
    }

    Message message(int field, Message value) {
      return add(o -> o.writeByteArray(field, value.toBytes()));
    }

    byte[] toBytes() {
      add(CodedOutputStream::flush);
      return bytes.toByteArray();
    }
  }

  private byte[] model3() {
    boolean classifier = trees.link() == Link.LOGISTIC || trees.link() == Link.NORMALIZE;
    String prefix = classifier ? "class" : "target";
    Message node = nodes3(classifier ? "TreeEnsembleClassifier" : "TreeEnsembleRegressor");
    int perLeaf = treeScores.length > 0 ? 1 : scores;
    int leaves = leafValues.length / perLeaf;
    long[] treeIds = new long[leaves * perLeaf];
    long[] nodeIds = new long[leaves * perLeaf];
    long[] ids = new long[leaves * perLeaf];
    float[] weights = new float[leaves * perLeaf];
    int at = 0;
    for (int n = 0; n < features.length; n++) {
      for (int k = 0; features[n] < 0 && k < perLeaf; k++, at++) {
        treeIds[at] = treeOf(n);
        nodeIds[at] = (long) n - roots[treeOf(n)];
        ids[at] = treeScores.length > 0 ? treeScores[treeOf(n)] : k;
        weights[at] = (float) (leafValues[others[n] * perLeaf + k] * trees.factor());
      }
    }
    node.message(5, integers(prefix + "_treeids", treeIds));
    node.message(5, integers(prefix + "_nodeids", nodeIds));
    node.message(5, integers(prefix + "_ids", ids));
    if (trees.link() == Link.NORMALIZE) {
      // A forest's probabilities: what a tree's leaves sum to is its weight.
      double total = 0;
      for (int root : roots) {
        total += Arrays.stream(leafValues, firstLeaf(root), firstLeaf(root) + scores).sum();
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (weights[i] / total);
      }
    }
    node.message(5, floats(prefix + "_weights", weights));
    node.message(5, text("post_transform", trees.link() == Link.LOGISTIC ? "LOGISTIC" : "NONE"));
    if (trees.link() != Link.NORMALIZE) {
      float[] base = new float[scores];
      IntStream.range(0, scores).forEach(s -> base[s] = (float) trees.base()[s]);
      node.message(5, floats("base_values", base));
    }
    if (classifier) {
      int classes = trees.outputs();
      node.message(
          5, integers("classlabels_int64s", IntStream.range(0, classes).asLongStream().toArray()));
    } else {
      node.message(5, integer("n_targets", scores)).message(5, text("aggregate_function", "SUM"));
    }
    return model(node, classifier, FLOAT, 3);
  }

  private Message nodes3(String operator) {
    Message node = new Message().text(1, "x");
    if (operator.endsWith("Classifier")) {
      node.text(2, "label");
    }
    node.text(2, "y").text(4, operator).text(7, "ai.onnx.ml");
    int count = features.length;
    long[] treeIds = new long[count];
    long[] nodeIds = new long[count];
    long[] trueIds = new long[count];
    long[] falseIds = new long[count];
    long[] inputs = new long[count];
    float[] values = new float[count];
    String[] modes = new String[count];
    for (int n = 0; n < count; n++) {
      int root = roots[treeOf(n)];
      boolean leaf = features[n] < 0;
      treeIds[n] = treeOf(n);
      nodeIds[n] = (long) n - root;
      trueIds[n] = leaf ? 0 : n + 1 - root;
      falseIds[n] = leaf ? 0 : others[n] - root;
      inputs[n] = leaf ? 0 : features[n];
      values[n] = leaf ? 0 : (float) thresholds[n];
      modes[n] = leaf ? "LEAF" : "BRANCH_LEQ";
    }
    return node.message(5, integers("nodes_treeids", treeIds))
        .message(5, integers("nodes_nodeids", nodeIds))
        .message(5, integers("nodes_featureids", inputs))
        .message(5, texts("nodes_modes", modes))
        .message(5, floats("nodes_values", values))
        .message(5, integers("nodes_truenodeids", trueIds))
        .message(5, integers("nodes_falsenodeids", falseIds))
        .message(5, integers("nodes_missing_value_tracks_true", new long[count]));
  }

  private int treeOf(int node) {
    int found = Arrays.binarySearch(roots, node);
    return found >= 0 ? found : -found - 2;
  }

  /** Where the values of a tree's first leaf start. */
  private int firstLeaf(int root) {
    int node = root;
    while (features[node] >= 0) {
      node++;
    }
    return others[node] * scores;
  }

  private byte[] model5() {
    int splits = (int) Arrays.stream(features).filter(f -> f >= 0).count();
    int[] number = new int[features.length];
    int split = 0;
    int leaf = 0;
    for (int n = 0; n < features.length; n++) {
      number[n] = features[n] >= 0 ? split++ : leaf++;
    }
    long[] inputs = new long[splits];
    double[] values = new double[splits];
    long[] trueIds = new long[splits];
    long[] trueLeaf = new long[splits];
    long[] falseIds = new long[splits];
    long[] falseLeaf = new long[splits];
    double[] weights = new double[leaf];
    long[] targets = new long[leaf];
    for (int n = 0; n < features.length; n++) {
      int at = number[n];
      if (features[n] < 0) {
        weights[at] = leafValues[others[n]] * trees.factor();
        targets[at] = treeScores[treeOf(n)];
      } else {
        inputs[at] = features[n];
        values[at] = thresholds[n];
        trueIds[at] = number[n + 1];
        trueLeaf[at] = features[n + 1] < 0 ? 1 : 0;
        falseIds[at] = number[others[n]];
        falseLeaf[at] = features[others[n]] < 0 ? 1 : 0;
      }
    }
    long[] starts = Arrays.stream(roots).mapToLong(root -> number[root]).toArray();
    byte[] leq = new byte[splits];
    Message node =
        new Message()
            .text(1, "x")
            .text(2, "y")
            .text(4, "TreeEnsemble")
            .text(7, "ai.onnx.ml")
            .message(5, integer("aggregate_function", 1))
            .message(5, integer("post_transform", 0))
            .message(5, integer("n_targets", scores))
            .message(5, integers("tree_roots", starts))
            .message(5, integers("nodes_featureids", inputs))
            .message(5, integers("nodes_truenodeids", trueIds))
            .message(5, integers("nodes_trueleafs", trueLeaf))
            .message(5, integers("nodes_falsenodeids", falseIds))
            .message(5, integers("nodes_falseleafs", falseLeaf))
            .message(5, integers("leaf_targetids", targets))
            .message(5, tensor("nodes_modes", UINT8, splits, leq))
            .message(5, tensor("nodes_splits", DOUBLE, splits, raw(values)))
            .message(5, tensor("leaf_weights", DOUBLE, leaf, raw(weights)));
    return model(node, false, DOUBLE, 5);
  }

  private byte[] model(Message node, boolean classifier, int type, int version) {
    Message graph = new Message().message(1, node).text(2, "trees");
    graph.message(11, value("x", type, trees.inputs()));
    if (classifier) {
      graph.message(12, value("label", INT64, 0));
    }
    graph.message(12, value("y", type, trees.outputs()));
    return new Message()
        .number(1, 10)
        .text(2, "mlctl")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 21))
        .message(8, new Message().text(1, "ai.onnx.ml").number(2, version))
        .toBytes();
  }

  /** A value of shape {@code [rows]} or, with columns, {@code [rows, columns]}. */
  private static Message value(String name, int type, int columns) {
    Message shape = new Message().message(1, new Message().text(2, "rows"));
    if (columns > 0) {
      shape.message(1, new Message().number(1, columns));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  private static Message integer(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  private static Message text(String name, String value) {
    return new Message()
        .text(1, name)
        .add(o -> o.writeBytes(4, ByteString.copyFromUtf8(value)))
        .number(20, 3);
  }

  private static Message floats(String name, float[] values) {
    Message message = new Message().text(1, name).number(20, 6);
    for (float value : values) {
      message.add(o -> o.writeFloat(7, value));
    }
    return message;
  }

  private static Message integers(String name, long[] values) {
    Message message = new Message().text(1, name).number(20, 7);
    for (long value : values) {
      message.number(8, value);
    }
    return message;
  }

  private static Message texts(String name, String[] values) {
    Message message = new Message().text(1, name).number(20, 8);
    for (String value : values) {
      message.add(o -> o.writeByteArray(9, value.getBytes(StandardCharsets.US_ASCII)));
    }
    return message;
  }

  private static Message tensor(String name, int type, int length, byte[] raw) {
    Message tensor =
        new Message().number(1, length).number(2, type).add(o -> o.writeByteArray(9, raw));
    return new Message().text(1, name).message(5, tensor).number(20, 4);
  }

  private static byte[] raw(double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(values);
    return buffer.array();
  }
}
