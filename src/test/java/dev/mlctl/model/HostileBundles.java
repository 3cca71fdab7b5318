package dev.mlctl.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.mlctl.model.proto.Layer;
import dev.mlctl.model.proto.TreeEnsemble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files made to harm whoever loads them as a bundle. None is one. */
public final class HostileBundles {
  private static final int MANY = 1 << 23;
  private static final int NESTED = 1 << 20;
  private static final int BUNDLE_FIELDS = 13;

  private HostileBundles() {}

  /** What each tries, and its bytes. */
  public static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    strangers(all);
    wire(all);
    trees(all);
    dimensions(all);
    return all;
  }

  private static void strangers(Map<String, byte[]> all) throws IOException {
    all.put("nothing", new byte[0]);
    ByteArrayOutputStream java = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(java)) {
      out.writeObject(new ArrayList<>(List.of("a", 1, 2.5)));
    }
    all.put("java-serialised", java.toByteArray());
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("../../.bashrc"));
      out.write(new byte[MANY]);
    }
    all.put("zip", zip.toByteArray());
    all.put("pickle", text("\u0080\u0004cposix\nsystem\n(S'touch pwned'\ntR."));
    all.put("yaml", text("!!javax.script.ScriptEngineManager [x]\n"));
  }

  private static void wire(Map<String, byte[]> all) throws IOException {
    for (int field = 2; field <= BUNDLE_FIELDS; field++) {
      int tag = field << 3 | 2;
      all.put("length-2g-field-" + field, message(out -> varints(out, tag, Integer.MAX_VALUE)));
      all.put("length-negative-field-" + field, message(out -> varints(out, tag, -1)));
    }
    byte[] groups = new byte[NESTED];
    Arrays.fill(groups, (byte) (15 << 3 | 3));
    all.put("nested-groups", message(out -> raw(out, groups)));
    byte[] fields = new byte[MANY];
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = 10 << 3 | 2;
    }
    all.put("millions-of-metrics", message(out -> raw(out, fields)));
    byte[] unknown = new byte[MANY];
    for (int i = 0; i < unknown.length; i += 2) {
      unknown[i] = 15 << 3;
    }
    all.put("millions-of-unknown-fields", message(out -> raw(out, unknown)));
  }

  private static void trees(Map<String, byte[]> all) {
    all.put("child-is-parent", forest(t -> t.setOtherChildren(0, 0)));
    all.put("child-before-parent", forest(t -> t.setOtherChildren(1, 0)));
    all.put("child-beyond", forest(t -> t.setOtherChildren(0, Integer.MAX_VALUE)));
    all.put("child-negative", forest(t -> t.setOtherChildren(0, -1)));
    all.put("leaf-beyond", forest(t -> t.setOtherChildren(t.getOtherChildrenCount() - 1, 1 << 30)));
    all.put("roots-descend", forest(t -> t.setRoots(1, 0)));
    all.put("root-beyond", forest(t -> t.setRoots(t.getRootsCount() - 1, Integer.MAX_VALUE)));
    all.put("feature-beyond", forest(t -> t.setFeatures(0, 1 << 30)));
    all.put("threshold-nan", forest(t -> t.setThresholds(0, Double.NaN)));
    all.put("inputs-overflow", forest(t -> t.setInputs(-1)));
    all.put("scores-overflow", forest(t -> t.setScores(-1)));
    all.put("nodes-reached-twice", forest(HostileBundles::shared));
    all.put("nodes-never-reached", forest(HostileBundles::unreached));
  }

  /** Splits whose children are the next two nodes: millions of ways down a tree of 42 nodes. */
  private static void shared(TreeEnsemble.Builder trees) {
    int splits = 40;
    trees.clearRoots().addRoots(0).clearTreeScores().addTreeScores(0);
    trees.clearFeatures().clearThresholds().clearOtherChildren();
    for (int n = 0; n < splits; n++) {
      trees.addFeatures(0).addThresholds(n).addOtherChildren(n + 2);
    }
    addTwoLeaves(trees);
  }

  private static void addTwoLeaves(TreeEnsemble.Builder trees) {
    for (int leaf = 0; leaf < 2; leaf++) {
      trees.addFeatures(-1).addThresholds(0).addOtherChildren(0);
    }
  }

  /** A leaf, and behind it more thresholds than a table of cuts can number. */
  private static void unreached(TreeEnsemble.Builder trees) {
    int splits = 1 << 17;
    trees.clearRoots().addRoots(0).clearTreeScores().addTreeScores(0);
    trees.clearFeatures().clearThresholds().clearOtherChildren();
    trees.addFeatures(-1).addThresholds(0).addOtherChildren(0);
    for (int n = 1; n <= splits; n++) {
      trees.addFeatures(0).addThresholds(n).addOtherChildren(splits + 2);
    }
    addTwoLeaves(trees);
  }

  private static void dimensions(Map<String, byte[]> all) {
    for (int units : new int[] {-1, 0, 5, 1 << 16, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      all.put("units-" + units, network(layer -> layer.setUnits(units)));
    }
    all.put("no-bias", network(Layer.Builder::clearBias));
    all.put("no-weights", network(Layer.Builder::clearWeights));
    for (int count : new int[] {-1, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      var bundle = sound("logistic");
      bundle.getPreprocessingBuilder().getStepsBuilder(1).getLevelsBuilder().setCount(count);
      all.put("levels-" + count, bundle.build().toByteArray());
    }
    var wide = sound("logistic");
    wide.getLinearBuilder().addAllIntercepts(Collections.nCopies(1 << 16, 0.0));
    all.put("more-scores-than-weights", wide.build().toByteArray());
    var golden = sound("logistic");
    golden.getGoldenBuilder().setCsv(ByteString.copyFrom(new byte[MANY]));
    all.put("golden-rows-of-8-mib", golden.build().toByteArray());
  }

  private static byte[] forest(Consumer<TreeEnsemble.Builder> change) {
    var bundle = sound("forest");
    change.accept(bundle.getTreeEnsembleBuilder());
    return bundle.build().toByteArray();
  }

  private static byte[] network(Consumer<Layer.Builder> change) {
    var bundle = sound("mlp");
    change.accept(bundle.getMultilayerPerceptronBuilder().getLayersBuilder(0));
    return bundle.build().toByteArray();
  }

  private static dev.mlctl.model.proto.Bundle.Builder sound(String kind) {
    byte[] bytes = ModelFixtures.bundle(kind, ModelFixtures.models().get(kind)).toBytes();
    try {
      return dev.mlctl.model.proto.Bundle.parseFrom(bytes).toBuilder();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  /** A bundle's version, then whatever comes. */
  private static byte[] message(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32(1, Bundle.FORMAT_VERSION);
    part.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void varints(CodedOutputStream out, int tag, int length) throws IOException {
    out.writeUInt32NoTag(tag);
    out.writeInt32NoTag(length);
  }

  private static void raw(CodedOutputStream out, byte[] bytes) throws IOException {
    out.writeRawBytes(bytes);
  }

  private static byte[] text(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
