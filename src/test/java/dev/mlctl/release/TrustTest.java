package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.release.signing.ModelSignature;
import dev.mlctl.release.signing.SigningFiles;
import dev.mlctl.release.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy at work: at deploy, at rollback, and where a bundle is handed out. */
class TrustTest {
  private static final SigningKey KEY = SigningKey.read(SigningFiles.path("p256.pem"));
  private static final SigningKey OTHER = SigningKey.read(SigningFiles.path("other.pem"));
  private static final Path KEYS = SigningFiles.path("p256.pem").getParent();
  private static final String PROD = "trust: {prod: {keys: [p256.pub.pem]}}";

  @TempDir Path folder;

  private final MemoryStore store = new MemoryStore();

  @Test
  void without_a_policy_nothing_needs_a_signature() {
    assertTrue(open("trust: {}").deploy(request("a")).changed());
    assertTrue(open("trust: {staging: {keys: [p256.pub.pem]}}").deploy(request("b")).changed());
  }

  @Test
  void a_signed_bundle_is_deployed_and_every_reader_finds_its_signature_in_the_registry() {
    byte[] signature = sign(KEY, "a");
    assertTrue(open(PROD).deploy(request("a", signature)).changed());
    assertEquals(
        List.of(Signatures.key(digest("a"), signature)),
        store.keys().stream().filter(key -> key.startsWith("signatures/")).toList());
    ResolvedRelease resolved = open(PROD).resolve(Reference.parse("bikes@prod"));
    assertEquals(digest("a"), resolved.digest());
    List<CheckedSignature> checked = open(PROD).signatures(resolved);
    assertEquals(1, checked.size());
    assertTrue(checked.get(0).verdict().trusted());
  }

  @Test
  void what_does_not_count_is_named_and_nothing_is_written() {
    Releases releases = open(PROD);
    refused("cannot deploy bikes to prod: the bundle is not signed", () -> deploy(releases));
    refused(
        "cannot deploy bikes to prod: the signature is by another key (%s)"
            .formatted(ModelSignature.shortId(OTHER.publicKey().id())),
        () -> deploy(releases, sign(OTHER, "a")));
    refused(
        "cannot deploy bikes to prod: the signature is of another bundle (sha256:%s)"
            .formatted(Digest.hex(digest("b")).substring(0, 12)),
        () -> deploy(releases, sign(KEY, "b")));
    refused(
        "cannot deploy bikes to prod: the signature is malformed: not valid JSON: it is empty",
        () -> deploy(releases, new byte[0]));
    assertEquals(List.of(), store.keys());
  }

  @Test
  void one_good_signature_among_bad_ones_is_enough_and_a_foreign_one_is_left_behind() {
    Deployed deployed =
        open(PROD).deploy(request("a", sign(OTHER, "a"), sign(KEY, "b"), sign(KEY, "a")));
    assertEquals(
        List.of("2.sigstore.json is not a signature of this bundle and was left behind"),
        deployed.warnings());
    assertEquals(2, store.list("signatures/sha256/" + Digest.hex(digest("a"))).size());
  }

  @Test
  void junk_among_the_signatures_of_a_bundle_does_not_stand_in_the_way() {
    open(PROD).deploy(request("a", sign(KEY, "a")));
    String folder = "signatures/sha256/" + Digest.hex(digest("a")) + "/";
    store.putIfAbsent(folder + "0".repeat(64) + ".sigstore.json", new byte[100_000]);
    store.putIfAbsent(folder + "1".repeat(64) + ".sigstore.json", new byte[1]);
    store.putIfAbsent(folder + "readme.txt", new byte[1]);
    assertEquals(digest("a"), open(PROD).resolve(Reference.parse("bikes@prod")).digest());
  }

  @Test
  void a_release_made_without_the_policy_is_neither_used_nor_gone_back_to() {
    open("trust: {}").deploy(request("a"));
    refused(
        "cannot use bikes@prod#1: the bundle is not signed",
        () -> open(PROD).resolve(Reference.parse("bikes@prod")));
    open(PROD).deploy(request("b", sign(KEY, "b")));
    refused(
        "cannot roll back bikes@prod to release 1: the bundle is not signed",
        () -> open(PROD).rollback(RollbackRequest.of("bikes", "prod")));
    refused(
        "cannot roll back bikes@prod to release 1: the bundle is not signed",
        () -> open(PROD).rollback(RollbackRequest.of("bikes", "prod").revoke()));
    assertEquals(2, open(PROD).history("bikes", "prod").entries().size());
    assertEquals(
        digest("a"), open(PROD).inspect(Reference.parse("bikes@prod#1")).digest(), "to look at");
  }

  @Test
  void a_signature_by_a_new_key_comes_with_deploying_what_is_current_again() {
    open("trust: {}").deploy(request("a"));
    Deployed again = open(PROD).deploy(request("a", sign(KEY, "a")));
    assertFalse(again.changed());
    assertEquals(digest("a"), open(PROD).resolve(Reference.parse("bikes@prod")).digest());
  }

  @Test
  void a_promotion_takes_its_signatures_from_the_registry() {
    open("trust: {}").deploy(DeployRequest.of("a", TestBundles.bikes("a"), "staging"));
    refused("cannot deploy bikes to prod: the bundle is not signed", () -> deploy(open(PROD)));
    open("trust: {}")
        .deploy(
            DeployRequest.of("a", TestBundles.bikes("a"), "staging")
                .signatures(files(sign(KEY, "a"))));
    assertTrue(open(PROD).deploy(request("a")).changed());
  }

  @Test
  void a_dry_run_checks_and_keeps_nothing() {
    assertTrue(open(PROD).deploy(request("a", sign(KEY, "a")).dryRun(true)).changed());
    refused(
        "cannot deploy bikes to prod: the bundle is not signed",
        () -> open(PROD).deploy(request("a").dryRun(true)));
    assertEquals(List.of(), store.keys());
  }

  @Test
  void a_threshold_counts_keys_and_not_signatures() {
    String two = "trust: {prod: {keys: [p256.pub.pem, other.pub.pem], threshold: 2}}";
    Failure failure =
        refused(
            "cannot deploy bikes to prod: 1 of the needed 2 keys signed the bundle",
            () -> deploy(open(two), sign(KEY, "a"), sign(KEY, "a")));
    assertTrue(
        failure.problems().get(0).hint().startsWith("sign it with the private halves of 2 of"));
    assertTrue(open(two).deploy(request("a", sign(KEY, "a"), sign(OTHER, "a"))).changed());
  }

  @Test
  void two_policies_must_both_be_met() {
    TrustPolicy both = policy(PROD).and(policy("trust: {prod: {keys: [other.pub.pem]}}"));
    refused(
        "cannot deploy bikes to prod: the signature is by another key (%s)"
            .formatted(ModelSignature.shortId(KEY.publicKey().id())),
        () -> deploy(open(both), sign(KEY, "a")));
    assertTrue(open(both).deploy(request("a", sign(KEY, "a"), sign(OTHER, "a"))).changed());
  }

  @Test
  void a_star_stands_for_every_environment_that_is_not_named() {
    String star = "trust: {'*': {keys: [p256.pub.pem]}, dev: {threshold: 0}}";
    refused("cannot deploy bikes to prod: the bundle is not signed", () -> deploy(open(star)));
    assertTrue(open(star).deploy(DeployRequest.of("a", TestBundles.bikes("a"), "dev")).changed());
  }

  @Test
  void a_bundle_file_is_held_to_the_policy_too() throws IOException {
    Path file = folder.resolve("bikes.mlb");
    Files.write(file, TestBundles.bikes("a"));
    Reference named = Reference.parse(file.toString());
    String unsigned = "cannot use " + file + ": the bundle is not signed";
    refused(unsigned, () -> open(PROD).resolve(named));
    refused(unsigned, () -> open("trust: {'*': {keys: [p256.pub.pem]}}").resolve(named));
    assertEquals(
        digest("a"),
        open("trust: {prod: {keys: [p256.pub.pem]}, '*': {threshold: 0}}").resolve(named).digest());
    Files.write(folder.resolve("bikes.mlb.sigstore.json"), sign(OTHER, "a"));
    Failure failure = assertThrows(Failure.class, () -> open(PROD).resolve(named));
    assertEquals(
        List.of(folder.resolve("bikes.mlb.sigstore.json").toString()),
        failure.problems().stream().map(Problem::at).toList());
    Files.write(folder.resolve("bikes.mlb.second.sigstore.json"), sign(KEY, "a"));
    assertEquals(digest("a"), open(PROD).resolve(named).digest());
  }

  @Test
  void signing_goes_beside_the_bundle_and_once_for_each_key() throws IOException {
    Path file = folder.resolve("bikes.mlb");
    Files.write(file, TestBundles.bikes("a"));
    String hex = Digest.hex(digest("a"));
    SignedBundle first = SignedBundle.sign(file, hex, KEY);
    assertEquals(folder.resolve("bikes.mlb.sigstore.json"), first.file());
    assertFalse(SignedBundle.sign(file, hex, KEY).changed());
    SignedBundle second = SignedBundle.sign(file, hex, OTHER);
    String id = OTHER.publicKey().id().substring(0, 12);
    assertEquals(folder.resolve("bikes.mlb." + id + ".sigstore.json"), second.file());
    assertEquals(2, SignatureFile.beside(file).size());
    Failure failure =
        assertThrows(Failure.class, () -> SignedBundle.sign(file, Digest.hex(digest("b")), KEY));
    assertEquals(FailureKind.CONFLICT, failure.kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{prod: {keys: []}}|prod can never be trusted: it asks for 1 of 0 keys",
        "{prod: {}}|prod can never be trusted: it asks for 1 of 0 keys",
        "{prod: {keys: [a], threshold: 2}}|prod can never be trusted: it asks for 2 of 1 keys",
        "{Prod: {keys: [a]}}|\"Prod\" is not the name of an environment",
        "{prod: {keys: a}}|expected a list, found the text \"a\"",
        "{prod: {kyes: [a]}}|unknown key \"kyes\"",
        "{prod: [a]}|expected a map, found a list",
        "[prod]|expected a map, found a list",
        "{prod: {keys: [a], threshold: -1}}|expected a whole number from 0 to 100, found the number -1",
      })
  void a_policy_that_cannot_be_meant_is_refused(String trust, String message) {
    Failure failure = assertThrows(Failure.class, () -> policy("trust: " + trust));
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(message, failure.getMessage());
  }

  @Test
  void a_policy_whose_key_cannot_be_read_lets_nothing_through() {
    Failure missing =
        assertThrows(
            Failure.class, () -> deploy(open("trust: {prod: {keys: [gone.pem]}}"), sign(KEY, "a")));
    assertEquals(FailureKind.NOT_FOUND, missing.kind());
    Failure secret =
        assertThrows(
            Failure.class, () -> deploy(open("trust: {prod: {keys: [p256.pem]}}"), sign(KEY, "a")));
    assertEquals("this is a private key, not a public one", secret.getMessage());
  }

  private static Deployed deploy(Releases releases, byte[]... signatures) {
    return releases.deploy(request("a", signatures));
  }

  private static DeployRequest request(String salt, byte[]... signatures) {
    return DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod")
        .signatures(files(signatures));
  }

  private static List<SignatureFile> files(byte[]... signatures) {
    List<SignatureFile> files = new ArrayList<>();
    for (byte[] signature : signatures) {
      files.add(new SignatureFile((files.size() + 1) + ".sigstore.json", signature));
    }
    return files;
  }

  private static byte[] sign(SigningKey key, String salt) {
    return ModelSignature.sign(key, "bikes.mlb", Digest.hex(digest(salt)));
  }

  private static String digest(String salt) {
    return Digest.of(TestBundles.bikes(salt));
  }

  private Releases open(String yaml) {
    return open(policy(yaml));
  }

  private Releases open(TrustPolicy policy) {
    return new Releases(
        Registry.in(store),
        new Who("ada", "laptop", ""),
        Clock.fixed(Registries.NOON, ZoneOffset.UTC),
        new Random(42),
        TestBundles.READER,
        attempt -> {},
        policy);
  }

  private static TrustPolicy policy(String yaml) {
    Settings settings =
        ConfigFile.parse(
            "mlctl.yaml",
            yaml,
            Shape.object(Key.optional("trust", TrustPolicy.SHAPE, "")),
            List.of(),
            name -> null,
            KEYS);
    return TrustPolicy.from(settings, "trust", KEYS);
  }

  private static Failure refused(String message, Executable act) {
    Failure failure = assertThrows(Failure.class, act);
    assertEquals(message, failure.getMessage());
    assertEquals(FailureKind.TRUST, failure.kind());
    return failure;
  }
}
