package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.Budget;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile records, and bundles damaged in the store: refused, every one. */
class RecordDamageTest {
  @Test
  void a_record_cut_short_anywhere_is_refused() throws Exception {
    byte[] bytes = fixture();
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void a_record_with_any_bit_flipped_is_refused() throws Exception {
    byte[] bytes = fixture();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      assertRefused(flipped(bytes, bit));
    }
  }

  /** Well sealed, as whoever can write to the registry may make them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":"
            + " [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            + "[[[[[[[[[[[[[[[[[[[[[[[[[[[[]}",
        "{\"a\": 1e999999999999}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": \"\\ud800\"}",
        "{\"apiVersion\": \"mlctl/v1\", \"number\": 99999999999999999999}",
        "{\"apiVersion\": \"mlctl/v1\", \"number\": -1}",
        "{\"apiVersion\": \"mlctl/v1\", \"bundle\": []}",
        "{\"apiVersion\": [\"mlctl/v1\"]}",
      })
  void a_sealed_record_of_nonsense_is_refused(String json) throws Exception {
    assertRefused(RecordFormat.seal(json));
  }

  @Test
  void a_stored_bundle_with_any_bit_flipped_is_refused_by_its_digest() {
    BadDisk disk = new BadDisk();
    Releases releases = Registries.releases(disk);
    Registries.deploy(releases, "a");
    byte[] bundle = TestBundles.bikes("a");
    for (int bit = 0; bit < bundle.length * 8; bit++) {
      disk.damage(Blobs.key(Digest.of(bundle)), bit);
      assertInvalid(() -> releases.resolve(Reference.parse("bikes@prod")));
      assertInvalid(() -> releases.resolve(Reference.parse("bikes@prod#1")));
    }
  }

  private static void assertRefused(byte[] bytes) throws Exception {
    Budget.spend(
        () -> {
          assertInvalid(() -> RecordFormat.read("7.json", bytes));
          return Optional.empty();
        });
  }

  private static void assertInvalid(Executable reading) {
    assertEquals(FailureKind.INVALID, assertThrows(Failure.class, reading).kind());
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  private static byte[] fixture() throws IOException {
    try (var in = RecordDamageTest.class.getResourceAsStream("v1/00000000000000000007.json")) {
      return in.readAllBytes();
    }
  }
}
