package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Pruned.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
  private static final Duration GRACE = Duration.ofDays(30);

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store, 3, clock);
  private final byte[] unused = TestBundles.bikes("unused");
  private final String unusedKey = Blobs.key(Digest.of(unused));

  @BeforeEach
  void deploy_three_releases_roll_back_and_lose_a_deploy() {
    for (String salt : List.of("a", "b", "c")) {
      Registries.deploy(releases, salt);
    }
    releases.rollback(RollbackRequest.of("bikes", "prod"));
    store.putIfAbsent(unusedKey, unused);
  }

  private Pruned prune(boolean dryRun) {
    return Registries.pruning(store, 9, clock).prune(GRACE, dryRun);
  }

  private static List<Outcome> outcomes(Pruned pruned) {
    return pruned.bundles().stream().map(Pruned.Unused::outcome).toList();
  }

  @Test
  void an_unused_bundle_is_condemned_then_waits_then_is_deleted() {
    Pruned first = prune(false);
    assertEquals(List.of(Outcome.CONDEMNED), outcomes(first));
    assertEquals(3, first.kept());
    clock.pass(GRACE.minusMillis(1));
    Pruned second = prune(false);
    assertEquals(List.of(Outcome.WAITING), outcomes(second));
    assertEquals(first.bundles().get(0).due(), second.bundles().get(0).due());
    assertTrue(store.size(unusedKey).isPresent());
    clock.pass(Duration.ofMillis(1));
    Pruned third = prune(false);
    assertEquals(List.of(Outcome.DELETED), outcomes(third));
    assertEquals(unused.length, third.bytes(Outcome.DELETED));
    assertTrue(store.size(unusedKey).isEmpty());
    assertEquals(List.of(), prune(false).bundles());
  }

  @Test
  void a_dry_run_says_the_same_and_changes_nothing() {
    List<String> before = store.keys();
    assertEquals(List.of(Outcome.CONDEMNED), outcomes(prune(true)));
    assertEquals(before, store.keys());
    prune(false);
    clock.pass(GRACE);
    before = store.keys();
    assertEquals(List.of(Outcome.DELETED), outcomes(prune(true)));
    assertEquals(before, store.keys());
  }

  @Test
  void bundles_of_releases_long_past_are_never_touched() {
    for (int run = 0; run < 4; run++) {
      assertEquals(3, prune(false).kept());
      clock.pass(GRACE);
    }
    for (int release = 1; release <= 3; release++) {
      releases.resolve(Reference.parse("bikes@prod#" + release));
    }
  }

  @Test
  void deploying_a_condemned_bundle_keeps_it() {
    prune(false);
    clock.pass(GRACE.plusDays(1));
    Registries.deploy(releases, "unused");
    Pruned pruned = prune(false);
    assertEquals(List.of(), pruned.bundles());
    assertEquals(4, pruned.kept());
    releases.resolve(Reference.parse("bikes@prod"));
  }

  @Test
  void a_deploy_that_kept_it_and_was_killed_sets_the_grace_period_back() {
    prune(false);
    clock.pass(GRACE);
    fate("a deploy").keep("deploy");
    assertEquals(List.of(Outcome.CONDEMNED), outcomes(prune(false)));
    clock.pass(GRACE.minusMillis(1));
    assertEquals(List.of(Outcome.WAITING), outcomes(prune(false)));
  }

  @Test
  void a_deploy_within_the_hour_after_the_deletion_is_refused_and_later_goes_through() {
    prune(false);
    clock.pass(GRACE);
    prune(false);
    clock.pass(Fate.SETTLED.minusMillis(1));
    Failure failure = assertThrows(Failure.class, () -> Registries.deploy(releases, "unused"));
    assertEquals(FailureKind.CONFLICT, failure.kind());
    assertEquals(
        "cannot deploy bikes to prod: \"mlctl prune\" is deleting the same bundle, which no release"
            + " referred to (cron@server, 2026-12-01T12:00:00Z); nothing was committed",
        failure.getMessage());
    assertEquals(4, releases.history("bikes", "prod").entries().size());
    clock.pass(Duration.ofMillis(1));
    assertEquals(5, Registries.deploy(releases, "unused").release().number());
  }

  @Test
  void a_prune_that_took_too_long_to_come_to_it_does_not_delete() {
    prune(false);
    clock.pass(GRACE);
    PrunableStore slow =
        new PassingStore(store) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            PutResult result = super.putIfAbsent(key, bytes);
            clock.pass(Fate.PROMPT.plusMillis(1));
            return result;
          }
        };
    Pruned pruned = Registries.pruning(slow, 9, clock).prune(GRACE, false);
    assertEquals(List.of(Outcome.LEFT), outcomes(pruned));
    assertEquals(1, pruned.warnings().size());
    assertTrue(store.size(unusedKey).isPresent());
    assertEquals(List.of(Outcome.LEFT), outcomes(prune(false)));
    clock.pass(Fate.SETTLED);
    assertEquals(List.of(Outcome.CONDEMNED), outcomes(prune(false)));
  }

  @Test
  void a_note_whose_reply_was_lost_is_read_back_and_one_in_doubt_deletes_nothing() {
    prune(false);
    clock.pass(GRACE);
    PrunableStore silent =
        new PassingStore(store) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            return PutResult.UNKNOWN;
          }
        };
    Pruned pruned = Registries.pruning(silent, 9, clock).prune(GRACE, false);
    assertEquals(List.of(Outcome.LEFT), outcomes(pruned));
    assertTrue(pruned.warnings().get(0).contains("cannot tell"), pruned.warnings().get(0));
    assertTrue(store.size(unusedKey).isPresent());
    PrunableStore lossy = PassingStore.losingReplies(store);
    pruned = Registries.pruning(lossy, 10, clock).prune(GRACE, false);
    assertEquals(List.of(Outcome.DELETED), outcomes(pruned));
  }

  @Test
  void a_damaged_note_never_leads_to_a_deletion() {
    prune(false);
    clock.pass(GRACE);
    String note = "condemned/" + unusedKey.replaceFirst(".*/", "") + "/00000000000000000001.json";
    byte[] bytes = store.get(note, 10_000).orElseThrow();
    bytes[bytes.length / 2] ^= 1;
    store.delete(note);
    store.putIfAbsent(note, bytes);
    assertEquals(List.of(Outcome.CONDEMNED), outcomes(prune(false)));
    clock.pass(GRACE);
    assertEquals(List.of(Outcome.DELETED), outcomes(prune(false)));
  }

  @Test
  void a_deploy_that_cannot_read_the_note_does_not_go_on() {
    prune(false);
    clock.pass(GRACE);
    prune(false);
    PrunableStore mute =
        new PassingStore(store) {
          @Override
          public Optional<byte[]> get(String key, long maxBytes) {
            if (key.startsWith("condemned")) {
              throw Failure.of(FailureKind.STORAGE, "no answer").at(key);
            }
            return super.get(key, maxBytes);
          }
        };
    Failure failure =
        assertThrows(Failure.class, () -> Registries.deploy(Registries.releases(mute), "unused"));
    assertEquals(FailureKind.STORAGE, failure.kind());
    assertEquals(4, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void a_deploy_whose_note_cannot_be_made_commits_nothing() {
    prune(false);
    PrunableStore full =
        new PassingStore(store) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            throw Failure.of(FailureKind.STORAGE, "the disk is full; nothing was committed");
          }
        };
    Failure failure =
        assertThrows(Failure.class, () -> Registries.deploy(Registries.releases(full), "unused"));
    assertEquals(FailureKind.STORAGE, failure.kind());
    assertEquals("the disk is full; nothing was committed", failure.getMessage());
  }

  @Test
  void nothing_is_pruned_when_a_log_is_damaged_or_may_be_hidden() {
    store.delete(new ReleaseLog(store, "bikes", "prod").key(2));
    Failure gap = assertThrows(Failure.class, () -> prune(false));
    assertEquals(FailureKind.INVALID, gap.kind());
    MemoryStore moved = store.copy();
    moved.delete(new ReleaseLog(store, "bikes", "prod").key(1));
    moved.putIfAbsent("models/Bikes.old/prod/log/1", new byte[1]);
    Failure stranger =
        assertThrows(Failure.class, () -> Registries.pruning(moved, 1, clock).prune(GRACE, false));
    assertEquals("memory:models/Bikes.old", stranger.problems().get(0).at());
    assertTrue(store.keys().stream().noneMatch(key -> key.startsWith("condemned")));
  }

  @Test
  void a_grace_period_shorter_than_a_day_is_refused() {
    Failure failure =
        assertThrows(
            Failure.class,
            () -> Registries.pruning(store, 1, clock).prune(Duration.ofHours(23), false));
    assertEquals(FailureKind.USAGE, failure.kind());
  }

  @Test
  void a_registry_that_is_not_there_is_not_found() {
    Failure failure =
        assertThrows(
            Failure.class,
            () -> Registries.pruning(new MemoryStore(), 1, clock).prune(GRACE, false));
    assertEquals(FailureKind.NOT_FOUND, failure.kind());
  }

  @Test
  void unfinished_files_older_than_the_grace_period_are_deleted() throws IOException {
    LocalStore local = new LocalStore(folder);
    Registries.deploy(Registries.releases(local), "a");
    Path log = folder.resolve("models/bikes/prod/log");
    Path old = log.resolve(".2.json.6f1b1f0e-0b5e-4e1a-9d5c-0a1b2c3d4e5f");
    Path young = log.resolve(".3.json.6f1b1f0e-0b5e-4e1a-9d5c-0a1b2c3d4e5f");
    Files.setLastModifiedTime(
        Files.write(old, new byte[9]), FileTime.from(clock.instant().minus(GRACE).minusMillis(1)));
    Files.setLastModifiedTime(
        Files.write(young, new byte[9]), FileTime.from(clock.instant().minus(GRACE)));
    Pruning pruning = Registries.pruning(local, 1, clock);
    assertEquals(1, pruning.prune(GRACE, true).leftovers().size());
    assertTrue(Files.exists(old));
    assertEquals(1, pruning.prune(GRACE, false).leftovers().size());
    assertTrue(Files.notExists(old) && Files.exists(young));
  }

  @Test
  void what_is_no_bundle_among_the_bundles_is_left_alone_and_named() {
    store.putIfAbsent("blobs/sha256/README", new byte[1]);
    assertEquals(
        List.of("left alone, not a bundle: memory:blobs/sha256/README"), prune(false).warnings());
  }

  private Fate fate(String operation) {
    return new Fate(store, attempt -> {}, Digest.of(unused), new Who("", "", ""), clock, operation);
  }
}
