package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.mlctl.Budget;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile bundles: refused at once and without taking much memory. */
class BundleDamageTest {
  /** How many damaged bundles that parse are proven: proving takes a hundred times longer. */
  private static final int PROVEN = 211;

  static Stream<String> kinds() {
    return ModelFixtures.models().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_bundle_cut_short_is_refused_or_of_another_digest(String kind) throws Exception {
    byte[] bytes = kept(kind);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      // A message may end after any field: then the digest tells.
      if (refusal(cut) == null) {
        assertNotEquals(Bundle.digest(bytes), Bundle.digest(cut));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "forest", "mlp"})
  void a_flipped_bit_is_refused_or_leaves_a_bundle_of_another_digest(String kind) throws Exception {
    byte[] bytes = kept(kind);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Failure refusal = refusal(flipped);
      if (refusal == null) {
        assertNotEquals(Bundle.digest(bytes), Bundle.digest(flipped));
        if (bit % PROVEN == 0) {
          proveOrRefuse(flipped);
        }
      }
    }
  }

  /** Null when the bytes are a bundle. */
  private static Failure refusal(byte[] bytes) throws Exception {
    try {
      Budget.spend(() -> Bundle.parse(bytes));
      return null;
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind(), e.getMessage());
      return e;
    }
  }

  private static void proveOrRefuse(byte[] bytes) throws Exception {
    try {
      Budget.spend(() -> Bundle.parse(bytes).prove());
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind(), e.getMessage());
    }
  }

  @Test
  void whatever_is_made_to_harm_its_reader_is_refused_at_once() throws Exception {
    Budget.spend(() -> Bundle.parse(kept("forest")));
    for (Map.Entry<String, byte[]> hostile : HostileBundles.all().entrySet()) {
      Failure failure =
          Budget.spend(
              () ->
                  assertThrows(
                      Failure.class, () -> Bundle.parse(hostile.getValue()), hostile.getKey()));
      assertEquals(FailureKind.INVALID, failure.kind(), hostile.getKey());
    }
  }

  @Test
  void a_tree_of_a_hundred_thousand_levels_is_walked_without_recursion() throws Exception {
    TreeEnsembleBuilder trees = new TreeEnsembleBuilder();
    trees.tree(0);
    int levels = 100_000;
    for (int level = 0; level < levels; level++) {
      int split = trees.split(0, level - levels);
      trees.leaf(level);
      trees.otherwise(split);
    }
    trees.leaf(levels);
    Bundle sound = Bundles.linear(1);
    Model deep =
        new Model(
            sound.signature(),
            sound.model().preprocessor(),
            trees.build(1, new double[1], 1, Link.IDENTITY));
    byte[] bytes = Bundles.bundle("deep", deep, "x0\n1\n-50000\n").toBytes();
    assertEquals(0, Budget.spend(() -> Bundle.parse(bytes).prove()));
  }

  @Test
  void the_fields_that_are_counted_are_those_of_the_format() {
    assertSameMessages(dev.mlctl.model.proto.Bundle.getDescriptor(), 0);
  }

  private static void assertSameMessages(Descriptor message, int path) {
    for (int number = 1; number < 16; number++) {
      FieldDescriptor field = message.findFieldByNumber(number);
      boolean nested = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      int inner = path << 4 | number;
      assertEquals(nested, FieldLimit.isMessage(inner), Integer.toHexString(inner));
      if (nested) {
        assertSameMessages(field.getMessageType(), inner);
      }
    }
    assertTrue(message.getFields().stream().allMatch(field -> field.getNumber() < 16));
  }

  private static byte[] kept(String kind) throws IOException {
    try (InputStream in = BundleDamageTest.class.getResourceAsStream("v1/" + kind + ".mlb")) {
      assertNotNull(in);
      return in.readAllBytes();
    }
  }
}
