package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {
  static Stream<String> kinds() {
    return ModelFixtures.models().keySet().stream();
  }

  private static Bundle bundle(String kind) {
    return ModelFixtures.bundle(kind, ModelFixtures.models().get(kind));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void comes_back_from_its_bytes_and_gives_them_again(String kind) {
    Bundle bundle = bundle(kind);
    byte[] bytes = bundle.toBytes();
    Bundle read = Bundle.parse(bytes);
    assertArrayEquals(bytes, read.toBytes());
    assertArrayEquals(bytes, bundle(kind).toBytes(), "equal bundles give equal bytes");
    assertEquals(bundle.signature(), read.signature());
    assertEquals(bundle.model().preprocessor(), read.model().preprocessor());
    assertEquals(bundle.golden(), read.golden());
    assertEquals(bundle.baseline(), read.baseline());
    assertEquals(bundle.metrics(), read.metrics());
    assertEquals(List.copyOf(bundle.metrics().keySet()), List.copyOf(read.metrics().keySet()));
    assertEquals(bundle.provenance(), read.provenance());
    assertEquals(bundle.licence(), read.licence());
    assertEquals(bundle.description(), read.description());
    assertEquals(0, read.prove());
  }

  /** Version 1 is read for ever: its files were made once by {@link FixtureBundles}. */
  @ParameterizedTest
  @MethodSource("kinds")
  void reads_the_kept_bundles_of_format_version_1(String kind) throws IOException {
    byte[] kept;
    try (InputStream in = BundleTest.class.getResourceAsStream("v1/" + kind + ".mlb")) {
      assertNotNull(in);
      kept = in.readAllBytes();
    }
    Bundle read = Bundle.parse(kept);
    assertEquals(kind, read.name());
    assertEquals(bundle(kind).signature(), read.signature());
    assertEquals(bundle(kind).model().preprocessor(), read.model().preprocessor());
    assertTrue(read.prove() <= Golden.TOLERANCE);
    assertArrayEquals(kept, read.toBytes());
  }

  @Test
  void a_changed_weight_does_not_pass_the_proof() {
    byte[] bytes = bundle("linear").toBytes();
    byte[] weight = new byte[8];
    double first = ((Linear) bundle("linear").model().predictor()).weights()[0][1];
    ByteBuffer.wrap(weight).order(ByteOrder.LITTLE_ENDIAN).putDouble(first);
    int at = indexOf(bytes, weight);
    bytes[at + 7] ^= (byte) 0x80;
    Failure failure = assertThrows(Failure.class, () -> Bundle.parse(bytes).prove());
    assertEquals(FailureKind.INVALID, failure.kind());
    assertTrue(failure.getMessage().startsWith("linear does not answer its golden rows"));
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  static List<byte[]> strangers() {
    List<byte[]> strangers = new ArrayList<>();
    strangers.add("name,value\n1,2\n".getBytes(StandardCharsets.UTF_8));
    strangers.add("{\"format_version\":1}".getBytes(StandardCharsets.UTF_8));
    Random random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (i % 2 == 0 && bytes.length >= 2) {
        bytes[0] = (byte) 0xAC;
        bytes[1] = (byte) 0xED;
      }
      strangers.add(bytes);
    }
    return strangers;
  }

  @Test
  void refuses_what_is_no_bundle_at_once() {
    List<byte[]> strangers = strangers();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (byte[] bytes : strangers) {
            Failure failure = assertThrows(Failure.class, () -> Bundle.parse(bytes));
            assertEquals(FailureKind.INVALID, failure.kind());
          }
        });
  }

  @Test
  void names_a_version_it_does_not_know() {
    byte[] bytes = bundle("linear").toBytes();
    assertEquals(8, bytes[0], "field 1, a number");
    bytes[1] = 2;
    assertEquals("the bundle has format version 2, this mlctl knows 1", refusal(bytes));
    bytes[1] = 0;
    assertEquals("not a bundle: it has no format version", refusal(bytes));
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(Failure.class, () -> Bundle.parse(bytes)).getMessage();
  }

  @Test
  void refuses_levels_that_would_make_it_allocate_without_bound() {
    assertThrows(
        IllegalArgumentException.class, () -> new Levels(true, 1 << 20, new int[] {0}, -1, -1));
  }

  @Test
  void keeps_the_sign_of_zero() {
    Linear linear = (Linear) Bundle.parse(bundle("linear").toBytes()).model().predictor();
    assertEquals(
        Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(linear.weights()[0][0]));
  }

  @Test
  void refuses_golden_rows_that_prove_nothing() {
    Bundle good = bundle("linear");
    String header = "weight,colour,size,day\n";
    assertProofFails(good, header, "there are no golden rows");
    assertProofFails(good, "", "the file is empty: expected a header line");
    assertProofFails(good, "weight\n1\n", "column \"colour\" is missing");
    assertProofFails(good, header + "abc,red,S,\n", "the model rejects its own golden rows", 1);
    assertProofFails(
        good, header + "1,red,S,\n", "the golden rows give 1 outputs, the bundle holds 2", 1, 2);
    assertProofFails(
        good,
        header + "1,red,S,\n1,red,S,\n",
        "linear does not answer its golden rows as recorded: the largest difference is NaN",
        Double.NaN,
        good.golden().outputs()[0]);
  }

  private static void assertProofFails(Bundle good, String csv, String message, double... outputs) {
    Golden golden = new Golden(csv.getBytes(StandardCharsets.UTF_8), outputs);
    Bundle bundle = with(good, good.name(), golden, good.baseline());
    Failure failure = assertThrows(Failure.class, bundle::prove);
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals(message, failure.getMessage());
  }

  private static Bundle with(Bundle b, String name, Golden golden, Profile baseline) {
    return new Bundle(
        name,
        b.model(),
        golden,
        baseline,
        b.metrics(),
        b.provenance(),
        b.licence(),
        b.description());
  }

  @Test
  void refuses_a_baseline_of_another_model() {
    Bundle good = bundle("logistic");
    Profile b = good.baseline();
    Profile reordered =
        new Profile(
            List.of(
                b.features().get(1), b.features().get(0), b.features().get(2), b.features().get(3)),
            b.outputs());
    Profile fewerCategories =
        new Profile(
            List.of(
                b.features().get(0),
                new CategoryProfile("colour", List.of("red"), new long[1], 0, 0, Map.of()),
                b.features().get(2),
                b.features().get(3)),
            b.outputs());
    for (Profile wrong :
        List.of(
            reordered,
            fewerCategories,
            new Profile(b.features(), List.of()),
            new Profile(List.of(), b.outputs()),
            new Profile(b.features(), bundle("linear").baseline().outputs()),
            new Profile(b.features(), bundle("softmax").baseline().outputs()))) {
      assertEquals(
          "the bundle is damaged: the baseline is that of another model",
          refusal(with(good, "x", good.golden(), wrong).toBytes()));
    }
    Profile none = new Profile(List.of(), List.of());
    byte[] without = with(good, "x", good.golden(), none).toBytes();
    assertEquals(none, Bundle.parse(without).baseline());
  }

  @Test
  void names_are_short_and_plain() {
    for (String name : List.of("a", "0", "bikes-2.1_x", "a".repeat(63))) {
      assertTrue(Bundle.isName(name), name);
    }
    for (String name :
        List.of("", "A", ".a", "-a", "a/b", "a b", "a@b", "é", "a".repeat(64), "a\n", "../a")) {
      assertEquals(false, Bundle.isName(name), name);
    }
  }

  @Test
  void the_digest_is_sha_256() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Bundle.digest("abc".getBytes(StandardCharsets.US_ASCII)));
  }
}
