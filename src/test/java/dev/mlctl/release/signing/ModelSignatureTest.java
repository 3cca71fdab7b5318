package dev.mlctl.release.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.model.Bundle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ModelSignatureTest {
  private static final String IN_TOTO = "application/vnd.in-toto+json";
  private static final String BUNDLE = Bundle.digest(new byte[] {1, 2, 3});
  private static final String OTHER_BUNDLE = Bundle.digest(new byte[] {4});
  private static final SigningKey KEY = SigningKey.read(SigningFiles.path("p256.pem"));
  private static final SigningKey OTHER_KEY = SigningKey.read(SigningFiles.path("other.pem"));
  private static final byte[] SIGNED = ModelSignature.sign(KEY, "toy.mlb", BUNDLE);

  @Test
  void a_signature_verifies_with_its_key_and_names_it() {
    Verdict verdict = check(SIGNED, BUNDLE, OTHER_KEY, KEY);
    assertTrue(verdict.trusted(), verdict::problem);
    assertEquals(KEY.publicKey().id(), verdict.signer().orElseThrow().id());
    assertEquals(KEY.publicKey().id(), verdict.keyHint());
  }

  @Test
  void two_signatures_of_one_bundle_differ_and_both_verify() {
    byte[] second = ModelSignature.sign(KEY, "toy.mlb", BUNDLE);
    assertNotEquals(text(SIGNED), text(second));
    assertTrue(check(second, BUNDLE, KEY).trusted());
  }

  @Test
  void a_signature_made_by_the_openssf_tool_is_accepted() {
    byte[] signature = SigningFiles.bytes("model-signing.sigstore.json");
    String digest = Bundle.digest(SigningFiles.bytes("model-signing.mlb"));
    Verdict verdict = check(signature, digest, KEY);
    assertTrue(verdict.trusted(), verdict::problem);
    assertEquals(KEY.publicKey().id(), verdict.keyHint());
  }

  @Test
  void what_is_signed_is_the_pre_authentication_encoding_of_the_dsse_protocol() {
    // The test vector of the protocol's specification.
    byte[] encoded =
        Envelope.toBeSigned(
            "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
    assertEquals("DSSEv1 29 http://example.com/HelloWorld 11 hello world", text(encoded));
  }

  @Test
  void a_signature_by_another_key_says_so() {
    problem(
        "the signature is by another key (%s)".formatted(KEY.publicKey().id().substring(0, 12)),
        check(SIGNED, BUNDLE, OTHER_KEY));
  }

  @Test
  void a_signature_of_another_bundle_says_so() {
    problem(
        "the signature is of another bundle (sha256:%s)".formatted(BUNDLE.substring(0, 12)),
        check(SIGNED, OTHER_BUNDLE, KEY));
  }

  @Test
  void a_changed_payload_type_says_so_whether_signed_or_not() throws GeneralSecurityException {
    String wrong = "the signature's payload type is not " + IN_TOTO;
    problem(
        wrong, check(replaced(SIGNED, Pattern.quote(IN_TOTO), "application/json"), BUNDLE, KEY));
    byte[] statement = Statement.write("toy.mlb", BUNDLE);
    problem(wrong, check(signed("application/json", statement), BUNDLE, KEY));
  }

  @Test
  void a_payload_type_changed_into_the_right_one_does_not_verify() throws GeneralSecurityException {
    byte[] other = signed("application/json", Statement.write("toy.mlb", BUNDLE));
    problem(changed(), check(replaced(other, "application/json", IN_TOTO), BUNDLE, KEY));
  }

  @Test
  void a_statement_put_in_the_place_of_the_signed_one_does_not_verify() {
    Envelope envelope = Envelope.read(SIGNED);
    byte[] forged =
        new Envelope(
                IN_TOTO,
                Statement.write("toy.mlb", OTHER_BUNDLE),
                envelope.signature(),
                envelope.keyHint())
            .write();
    problem(changed(), check(forged, OTHER_BUNDLE, KEY));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "envelopes.csv", delimiter = '|', quoteCharacter = '`')
  void a_malformed_envelope_says_how(String from, String to, String why) {
    problem("the signature is malformed: " + why, check(replaced(SIGNED, from, to), BUNDLE, KEY));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "statements.csv", delimiter = '|', quoteCharacter = '`')
  void a_well_signed_statement_of_another_form_says_how(String from, String to, String why)
      throws GeneralSecurityException {
    byte[] statement = replaced(Statement.write("toy.mlb", BUNDLE), from, to);
    problem(
        "the signature is not one of a bundle: " + why,
        check(signed(IN_TOTO, statement), BUNDLE, KEY));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "der.csv", delimiter = '|', quoteCharacter = '\'')
  void what_is_no_ecdsa_signature_is_refused_before_it_is_verified(
      String hex, String why, String what) {
    byte[] der = HexFormat.of().parseHex(hex);
    Envelope envelope =
        new Envelope(IN_TOTO, Statement.write("toy.mlb", BUNDLE), der, KEY.publicKey().id());
    problem("the signature is malformed: " + why, check(envelope.write(), BUNDLE, KEY));
    assertFalse(what.isEmpty());
  }

  @Test
  void no_changed_bit_makes_a_trusted_signature_say_anything_else() {
    Envelope original = Envelope.read(SIGNED);
    // Every seventh byte, which comes by every position within a group of Base64.
    for (int i = 0; i < SIGNED.length; i += 7) {
      byte[] flipped = SIGNED.clone();
      flipped[i] ^= 1;
      if (check(flipped, BUNDLE, KEY).trusted()) {
        Envelope read = Envelope.read(flipped);
        assertArrayEquals(original.toBeSigned(), read.toBeSigned());
        assertArrayEquals(original.signature(), read.signature());
      }
    }
  }

  @Test
  void a_cut_makes_it_malformed() {
    for (int length = 0; length < SIGNED.length - 2; length += 7) {
      Verdict verdict = check(Arrays.copyOf(SIGNED, length), BUNDLE, KEY);
      assertTrue(verdict.problem().startsWith("the signature is malformed: "), verdict::problem);
    }
  }

  @Test
  void a_file_too_large_to_be_a_signature_is_not_parsed() {
    problem(
        "the signature is malformed: it is larger than 64 KiB",
        check(new byte[ModelSignature.LARGEST + 1], BUNDLE, KEY));
  }

  @Test
  void a_claim_is_what_a_file_says_of_itself() {
    assertTrue(ModelSignature.claims(SIGNED, BUNDLE));
    assertFalse(ModelSignature.claims(SIGNED, OTHER_BUNDLE));
    assertFalse(ModelSignature.claims(new byte[0], BUNDLE));
  }

  @Test
  void lengths_of_every_size_are_written_as_they_are_read() {
    for (int length : new int[] {0, 1, 127, 128, 255, 256, 65_535}) {
      byte[] element = Der.write(Der.OCTETS, new byte[length]);
      Der der = new Der(element);
      assertEquals(length, der.read(Der.OCTETS).length);
      assertTrue(der.atEnd());
      assertThrows(
          IllegalArgumentException.class,
          () -> new Der(Arrays.copyOf(element, element.length - 1)).read(Der.OCTETS));
    }
  }

  private static String changed() {
    return "the signature names the key %s and does not verify with it: what was signed is not what"
            .formatted(KEY.publicKey().name())
        + " stands there";
  }

  private static byte[] signed(String payloadType, byte[] payload) throws GeneralSecurityException {
    byte[] signature = KEY.sign(Envelope.toBeSigned(payloadType, payload));
    return new Envelope(payloadType, payload, signature, KEY.publicKey().id()).write();
  }

  private static Verdict check(byte[] file, String digest, SigningKey... keys) {
    return ModelSignature.check(
        file, digest, List.of(keys).stream().map(SigningKey::publicKey).toList());
  }

  private static void problem(String expected, Verdict verdict) {
    assertEquals(expected, verdict.problem());
    assertFalse(verdict.trusted());
  }

  private static byte[] replaced(byte[] text, String from, String to) {
    String before = text(text);
    String after = before.replaceFirst(from, to == null ? "" : to);
    assertNotEquals(before, after, "nothing was replaced");
    return after.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
