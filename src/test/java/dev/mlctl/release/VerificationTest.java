package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Everything that can be wrong with a registry on a disk, and who notices. */
class VerificationTest {
  private static final String TEMPORARY = "6f1b1f0e-0b5e-4e1a-9d5c-0a1b2c3d4e5f";

  private static final MemoryStore SOUND = new MemoryStore();

  @TempDir Path folder;
  private Releases releases;

  @BeforeAll
  static void deploy_nine_releases_of_bikes_and_one_of_income() {
    Releases releases = Registries.releases(SOUND);
    for (int i = 1; i <= 9; i++) {
      Registries.deploy(releases, i);
    }
    byte[] income = TestBundles.of("name=income;r2=0.5;inputs=x");
    releases.deploy(DeployRequest.of("i.mlb", income, "prod"));
  }

  @BeforeEach
  void put_them_on_the_disk() throws IOException {
    for (String key : SOUND.keys()) {
      Path file = folder.resolve(key);
      Files.createDirectories(file.getParent());
      Files.write(file, SOUND.get(key, Long.MAX_VALUE).orElseThrow());
    }
    releases = Registries.releases(new LocalStore(folder));
  }

  /**
   * The columns: what is done; who refuses, one letter each (l list, f find the current release, s
   * show it, 3 show release 3, h history, r roll back, d deploy, v verify); the place that is
   * named; what is said.
   */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "registry-faults.csv", delimiter = '|')
  void every_reader_that_looks_at_a_fault_refuses(
      String damage, String refusing, String place, String message) throws IOException {
    for (String step : damage.split(" *, *", -1)) {
      damage(step);
    }
    Path named = file(place);
    readers()
        .forEach(
            (letter, act) -> {
              if (refusing.contains(letter)) {
                Problem problem = assertThrows(Failure.class, act, letter).problems().get(0);
                assertEquals(named.toString(), problem.at(), letter + ": " + problem);
                assertTrue(problem.message().contains(message), letter + ": " + problem);
              } else {
                assertQuiet(act, letter + " has no business with " + damage);
              }
            });
  }

  private static void assertQuiet(Executable act, String why) {
    try {
      act.execute();
    } catch (Throwable e) {
      throw new AssertionError(why, e);
    }
  }

  private Map<String, Executable> readers() {
    Map<String, Executable> readers = new LinkedHashMap<>();
    readers.put("v", this::verify);
    readers.put("l", () -> releases.list());
    readers.put("f", () -> releases.find((Reference.Release) Reference.parse("bikes@prod")));
    readers.put("s", () -> releases.resolve(Reference.parse("bikes@prod")));
    readers.put("3", () -> releases.resolve(Reference.parse("bikes@prod#3")));
    readers.put("h", () -> releases.history("bikes", "prod"));
    readers.put(
        "r", () -> releases.rollback(RollbackRequest.of("bikes", "prod").to(3).dryRun(true)));
    readers.put("d", () -> releases.deploy(request("new").dryRun(true)));
    return readers;
  }

  private static DeployRequest request(String salt) {
    return DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod");
  }

  private Verified verify() {
    return verification().registry();
  }

  private Verification verification() {
    return new Verification(Registry.in(new LocalStore(folder)), Progress.NONE, TestBundles.READER);
  }

  /** {@code VERB THING}; things are as {@link #file} reads them. */
  private void damage(String step) throws IOException {
    String[] words = step.split(" ", -1);
    Path file = file(words[1]);
    switch (words[0]) {
      case "cut" -> {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
      }
      case "flip" -> {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case "delete" -> Files.delete(file);
      case "link" -> {
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
      }
      case "folder" -> {
        Files.deleteIfExists(file);
        Files.createDirectory(file);
      }
      case "copy" -> Files.copy(file(words[2]), file);
      case "write" -> {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
      }
      case "newer" -> newer(file);
      case "rewrite" -> rewrite(file);
      default -> throw new IllegalArgumentException(step);
    }
  }

  /** The same of a later version of mlctl, its last line as it should be. */
  private static void newer(Path file) throws IOException {
    String text = Files.readString(file).replace("mlctl/v1", "mlctl/v2").replace(": 1}", ": 2}");
    int end = text.lastIndexOf(",\n  \"sha256\"");
    Files.write(
        file,
        end < 0
            ? text.getBytes(StandardCharsets.UTF_8)
            : RecordFormat.seal(text.substring(0, end) + "\n}\n"));
  }

  /** Another record with a good last line. */
  private static void rewrite(Path file) throws IOException {
    String text = Files.readString(file).replace("ada", "eve");
    Files.write(file, RecordFormat.seal(text.substring(0, text.lastIndexOf(",\n  ")) + "\n}\n"));
  }

  /** {@code record/3}, {@code blob/3} (of bikes), or a path in the registry. */
  private Path file(String thing) {
    if (thing.matches("record/[0-9]+")) {
      long number = Long.parseLong(thing.substring(7));
      return folder.resolve(new ReleaseLog(null, "bikes", "prod").key(number));
    }
    if (thing.startsWith("blob/")) {
      byte[] bundle = TestBundles.bikes(thing.substring(5));
      return folder.resolve(Blobs.key(Digest.of(bundle)));
    }
    return folder.resolve(thing);
  }

  @Test
  void a_sound_registry_is_counted() {
    Verified verified = verify();
    assertEquals(2, verified.logs());
    assertEquals(10, verified.releases());
    assertEquals(10, verified.bundles());
    assertEquals(List.of(), verified.unused());
    assertEquals(List.of(), verified.notes());
    assertEquals(List.of(), verified.warnings());
  }

  @Test
  void what_misleads_no_reader_is_told_and_is_no_fault() throws IOException {
    Path blobs = folder.resolve(Blobs.FOLDER);
    byte[] unused = TestBundles.bikes("unused");
    Files.write(blobs.resolve(Digest.hexOf(unused, unused.length)), unused);
    Files.writeString(blobs.resolve("README"), "x");
    Files.writeString(blobs.resolve(".x." + TEMPORARY), "half");
    Files.writeString(folder.resolve("notes.txt"), "x");
    Files.createDirectories(folder.resolve("models/Old"));
    Files.createDirectories(folder.resolve("models/bikes/test"));
    Files.writeString(folder.resolve("models/bikes/prod/TODO"), "x");
    Files.writeString(file("record/9").resolveSibling(".10.json." + TEMPORARY), "half");
    Verified verified = verify();
    assertEquals(List.of(Digest.of(unused)), verified.unused());
    Path root = folder.toRealPath();
    assertEquals(
        List.of(
            "not made by mlctl, and never looked at: " + folder.resolve("notes.txt"),
            "not made by mlctl, and never looked at: " + folder.resolve("models/Old"),
            "not made by mlctl, and never looked at: " + folder.resolve("models/bikes/prod/TODO"),
            "no release yet: bikes@test",
            "not made by mlctl, and never looked at: " + blobs.resolve("README"),
            "left by a writer that was killed, harmless: "
                + root.resolve(Blobs.FOLDER + "/.x." + TEMPORARY),
            "left by a writer that was killed, harmless: "
                + root.resolve("models/bikes/prod/log/.10.json." + TEMPORARY)),
        verified.notes());
    assertEquals(10, verified.releases());
  }

  @Test
  void a_reference_is_verified_alone() throws IOException {
    damage("flip blob/3");
    assertEquals(1, verification().of(Reference.parse("income@prod")).releases());
    assertEquals(1, verification().of(Reference.parse("bikes@prod#4")).bundles());
    for (String damaged : List.of("bikes@prod", "bikes@prod#3")) {
      Failure failure =
          assertThrows(Failure.class, () -> verification().of(Reference.parse(damaged)));
      assertEquals(
          "the stored bundle is damaged: its bytes differ from its digest (bikes@prod#3)",
          failure.getMessage());
    }
  }

  @Test
  void a_bundle_file_is_verified_without_a_registry() throws IOException {
    Path file = Files.write(folder.resolve("x.mlb"), TestBundles.bikes("x"));
    Verification nowhere =
        new Verification(Registry.open(folder.resolve("none")), Progress.NONE, TestBundles.READER);
    assertEquals(1, nowhere.of(Reference.parse(file.toString())).bundles());
    Files.writeString(file, "name=bikes;inputs=a;broken=yes");
    Failure failure =
        assertThrows(Failure.class, () -> nowhere.of(Reference.parse(file.toString())));
    assertEquals("golden rows disagree", failure.getMessage());
    assertThrows(Failure.class, nowhere::registry);
  }

  @Test
  void a_bundle_of_another_model_is_a_fault() {
    byte[] income = TestBundles.of("name=income;r2=0.5;inputs=x");
    assertEquals(
        "this is a bundle of the model income (bikes@prod#10)",
        faultOfRecord(Digest.of(income), income.length));
  }

  @Test
  void a_record_that_disagrees_with_an_earlier_one_on_a_bundle_is_a_fault() {
    byte[] third = TestBundles.bikes(3);
    assertEquals(
        "the stored bundle is damaged: its bytes differ from its digest (bikes@prod#10)",
        faultOfRecord(Digest.of(third), third.length + 1));
  }

  /** What verify says of a sound registry with one more record. */
  private static String faultOfRecord(String digest, long size) {
    MemoryStore store = SOUND.copy();
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    Who nobody = new Who("", "", "");
    Draft draft = Draft.begin("op", Optional.empty(), nobody, Registries.at(Registries.NOON), "");
    ReleaseRecord record = draft.deploy(log.readAll(), digest, size, List.of());
    store.putIfAbsent(log.key(10), RecordFormat.write(record));
    Verification verification =
        new Verification(Registry.in(store), Progress.NONE, TestBundles.READER);
    return assertThrows(Failure.class, verification::registry).getMessage();
  }

  @Test
  void a_verdict_that_cannot_be_read_is_a_warning() throws IOException {
    releases
        .verdicts("bikes", "prod")
        .condemn(
            releases.find((Reference.Release) Reference.parse("bikes@prod#4")), "x", List.of());
    damage("cut models/bikes/prod/verdicts/00000000000000000004/00000000000000000001.json");
    List<String> warnings = verify().warnings();
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith("the verdict on bikes@prod#4 cannot be read"), warnings.get(0));
  }
}
