package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Trees on the wire that no reader may follow; damaged bits and cut files are BundleTest's. */
class TreeEnsembleCodecTest {
  private static final int UNKNOWN_FIELD = 100;

  private static dev.mlctl.model.proto.Bundle bundle() throws IOException {
    return dev.mlctl.model.proto.Bundle.parseFrom(Bundles.tree().toBytes());
  }

  private static String refusal(byte[] bytes) {
    Failure failure = assertThrows(Failure.class, () -> Bundle.parse(bytes));
    assertEquals(FailureKind.INVALID, failure.kind());
    return failure.getMessage().replace("the bundle is damaged: ", "");
  }

  private static String refusalOf(Consumer<dev.mlctl.model.proto.TreeEnsemble.Builder> damage)
      throws IOException {
    var damaged = bundle().toBuilder();
    damage.accept(damaged.getTreeEnsembleBuilder());
    return refusal(damaged.build().toByteArray());
  }

  /** A sound bundle with something after it. */
  private static byte[] followedBy(byte[] more) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Bundles.tree().toBytes());
    bytes.write(more);
    return bytes.toByteArray();
  }

  @Test
  void refuses_arrays_that_do_not_fit_each_other() throws IOException {
    assertEquals("node arrays differ", refusalOf(trees -> trees.addFeatures(-1)));
    assertEquals("node arrays differ", refusalOf(trees -> trees.addOtherChildren(0)));
    assertEquals("node arrays differ", refusalOf(trees -> trees.addThresholds(0)));
    assertEquals("trees without nodes", refusalOf(trees -> trees.clearThresholds()));
    assertEquals("a child outside its tree", refusalOf(trees -> trees.setOtherChildren(0, 1)));
    assertEquals("a leaf without values", refusalOf(trees -> trees.setOtherChildren(1, 1 << 30)));
    assertEquals("a split on no input", refusalOf(trees -> trees.setFeatures(0, 1 << 20)));
    assertEquals("leaf values are not rectangular", refusalOf(trees -> trees.addLeafValues(1)));
  }

  @Test
  void reads_numbers_that_are_whole_and_no_others() {
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0x80);
    assertThrows(IllegalArgumentException.class, () -> WireSlice.of(endless).nextUnsigned());
    assertThrows(IllegalArgumentException.class, () -> WireSlice.of(new byte[7]).nextDouble());
    assertThrows(IllegalArgumentException.class, () -> WireSlice.of(new byte[7]).doubles());
    assertEquals(-1, WireSlice.of(new byte[] {1}).nextSigned());
    assertEquals(300, WireSlice.of(new byte[] {(byte) 0xAC, 2}).nextUnsigned());
  }

  @Test
  void refuses_two_models_in_one_bundle() throws IOException {
    byte[] trees = bundle().getTreeEnsemble().toByteArray();
    var again = dev.mlctl.model.proto.Bundle.newBuilder();
    again.getTreeEnsembleBuilder().mergeFrom(trees);
    assertEquals("a field is there twice", refusal(followedBy(again.build().toByteArray())));
    var linear = dev.mlctl.model.proto.Bundle.newBuilder();
    linear.getLinearBuilder().addIntercepts(1);
    assertEquals("it holds two models", refusal(followedBy(linear.build().toByteArray())));
  }

  @Test
  void refuses_groups_within_groups_before_the_stack_ends() throws IOException {
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(deep);
    for (int i = 0; i < 1_000_000; i++) {
      out.writeTag(UNKNOWN_FIELD, WireFormat.WIRETYPE_START_GROUP);
    }
    out.flush();
    assertEquals(
        "not a bundle, or a damaged one: the bytes do not parse",
        refusal(followedBy(deep.toByteArray())));
  }

  @Test
  void reads_past_fields_it_does_not_know() throws IOException {
    ByteArrayOutputStream unknown = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(unknown);
    out.writeString(UNKNOWN_FIELD, "from a later version");
    out.flush();
    assertEquals(0, Bundle.parse(followedBy(unknown.toByteArray())).prove());
  }
}
