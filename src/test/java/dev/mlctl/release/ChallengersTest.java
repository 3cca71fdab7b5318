package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is tried beside a release: one at a time, never in its way, and never pruned away. */
class ChallengersTest {
  private static final Challenge TENTH = Challenge.canary("10%", Optional.of("customer"));
  private static final String FOLDER = "models/bikes/prod/challengers";
  private static final Duration GRACE = Duration.ofDays(30);

  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store);

  @BeforeEach
  void deploy_two_releases() {
    Registries.deploy(releases, "a");
    Registries.deploy(releases, "b");
  }

  private static DeployRequest request(Object salt) {
    return DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod");
  }

  private Challenged shadow(Object salt) {
    return releases.challenge(request(salt), Challenge.SHADOW);
  }

  private Challenged drop() {
    return releases.drop(RollbackRequest.of("bikes", "prod").reason("slow"));
  }

  private Optional<String> active() {
    List<String> warnings = new ArrayList<>();
    Optional<Challenger> active = releases.challengers("bikes", "prod").active(warnings::add);
    assertEquals(List.of(), warnings);
    return active.map(Challenger::digest);
  }

  private static Optional<String> digest(Object salt) {
    return Optional.of(Digest.of(TestBundles.bikes(salt)));
  }

  private List<String> statuses() {
    return releases.history("bikes", "prod").challengers().stream()
        .map(History.Tried::status)
        .toList();
  }

  private static Failure fails(FailureKind kind, Runnable act) {
    Failure failure = assertThrows(Failure.class, act::run);
    assertEquals(kind, failure.kind(), failure.getMessage());
    return failure;
  }

  @Test
  void a_challenger_leaves_the_release_and_the_log_alone() {
    List<String> before = store.list("models/bikes/prod/log");
    Challenged done = releases.challenge(request("c").reason("newer data"), TENTH);
    assertTrue(done.changed());
    assertEquals(before, store.list("models/bikes/prod/log"));
    assertEquals(digest("c"), active());
    Map<String, Object> told = releases.list().get(0).challenger().orElseThrow().toMap();
    assertEquals("canary", told.get("mode"));
    assertEquals(0.1, told.get("share"));
    assertEquals("customer", told.get("key"));
    assertEquals(2L, told.get("as_of"));
    assertEquals("newer data", told.get("reason"));
    assertEquals(List.of("active"), statuses());
  }

  @Test
  void the_same_wish_again_changes_nothing() {
    shadow("c");
    List<String> before = store.keys();
    assertFalse(shadow("c").changed());
    assertFalse(shadow("b").changed(), "it is the current release");
    assertEquals(before, store.keys());
  }

  @Test
  void another_bundle_is_a_conflict_that_says_the_way_out() {
    shadow("c");
    Failure failure = fails(FailureKind.CONFLICT, () -> shadow("d"));
    assertTrue(failure.problems().get(0).hint().contains("rollback bikes@prod --challenger"));
    drop();
    assertTrue(shadow("d").changed());
    assertEquals(List.of("dropped", "active"), statuses());
  }

  @Test
  void the_same_bundle_may_go_on_in_another_way() {
    shadow("c");
    assertTrue(releases.challenge(request("c"), TENTH).changed());
    assertEquals(List.of("replaced", "active"), statuses());
    assertEquals(digest("c"), active());
  }

  @Test
  void a_deploy_of_its_bundle_promotes_it_and_any_other_leaves_it() {
    shadow("c");
    Registries.deploy(releases, "d");
    releases.rollback(RollbackRequest.of("bikes", "prod"));
    assertEquals(digest("c"), active());
    Registries.deploy(releases, "c");
    assertEquals(Optional.empty(), active());
    Registries.deploy(releases, "e");
    assertEquals(Optional.empty(), active(), "it is over for good");
    assertEquals(List.of("promoted"), statuses());
    assertEquals(
        5,
        releases
            .history("bikes", "prod")
            .challengers()
            .get(0)
            .fate()
            .orElseThrow()
            .release()
            .orElseThrow());
    assertTrue(shadow("f").changed());
    assertEquals(List.of("promoted", "active"), statuses());
  }

  @Test
  void a_promotion_long_ago_is_still_known_in_a_long_log() {
    shadow("c");
    Registries.deploy(releases, "c");
    appendReleases(ReleaseLog.SHORT);
    assertEquals(Optional.empty(), active());
  }

  /** Writes records without a deploy each, which would read the whole log every time. */
  private void appendReleases(int count) {
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    ReleaseLog.View view = log.readAll();
    for (int i = 0; i < count; i++) {
      Who who = new Who("ada", "laptop", "");
      Draft draft = new Draft("operation-" + i, Optional.empty(), who, Registries.NOON, "");
      String other = digest(i % 2 == 0 ? "a" : "b").orElseThrow();
      ReleaseRecord record = draft.deploy(view, other, TestBundles.bikes("a").length, List.of());
      byte[] bytes = RecordFormat.write(record);
      store.putIfAbsent(log.key(record.number()), bytes);
      ReleaseLog.Entry entry = new ReleaseLog.Entry(record, Digest.of(bytes));
      view = new ReleaseLog.View("bikes", "prod", List.of(entry));
    }
  }

  @Test
  void dropping_what_is_not_there_changes_nothing() {
    assertFalse(drop().changed());
    shadow("c");
    assertTrue(drop().changed());
    assertFalse(drop().changed());
    assertEquals(2, releases.list().get(0).current().number());
  }

  @Test
  void dropping_another_than_was_meant_is_a_conflict() {
    shadow("c");
    drop();
    shadow("d");
    RollbackRequest first = RollbackRequest.of("bikes", "prod").challenger(1);
    fails(FailureKind.CONFLICT, () -> releases.drop(first));
    assertEquals(digest("d"), active());
  }

  @Test
  void it_is_proven_as_for_a_deploy() {
    byte[] broken = TestBundles.of("name=bikes;r2=0.9;inputs=a,b;broken=yes");
    byte[] wider = TestBundles.of("name=bikes;r2=0.9;inputs=a,b,c");
    byte[] other = TestBundles.of("name=bikes;r2=0.9;inputs=a,b;task=classes");
    List<String> before = store.keys();
    fails(FailureKind.INVALID, () -> shadowed(DeployRequest.of("x", broken, "prod")));
    fails(FailureKind.CONFLICT, () -> shadowed(DeployRequest.of("x", wider, "prod")));
    DeployRequest forced = DeployRequest.of("x", other, "prod").allowIncompatible(true);
    fails(FailureKind.CONFLICT, () -> shadowed(forced));
    fails(FailureKind.GATE, () -> shadowed(request("c").gates(List.of("r2 >= 0.95"))));
    fails(FailureKind.CONFLICT, () -> shadowed(request("c").expectCurrent(1)));
    fails(
        FailureKind.NOT_FOUND,
        () -> shadowed(DeployRequest.of("x", TestBundles.bikes("c"), "staging")));
    assertTrue(shadowed(request("c").dryRun(true)).changed());
    assertEquals(before, store.keys());
  }

  private Challenged shadowed(DeployRequest request) {
    return releases.challenge(request, Challenge.SHADOW);
  }

  @Test
  void a_repeated_request_is_known_by_its_key() {
    assertTrue(shadowed(request("c").idempotencyKey("night 1")).changed());
    drop();
    assertFalse(shadowed(request("c").idempotencyKey("night 1")).changed());
    assertEquals(Optional.empty(), active());
    fails(FailureKind.CONFLICT, () -> shadowed(request("d").idempotencyKey("night 1")));
  }

  @Test
  void a_revoked_bundle_is_no_challenger() {
    Registries.deploy(releases, "c");
    releases.rollback(RollbackRequest.of("bikes", "prod"));
    shadow("c");
    assertEquals(digest("c"), active());
    releases.rollback(RollbackRequest.of("bikes", "prod").revoke(3));
    assertEquals(Optional.empty(), active());
    assertEquals(List.of("revoked"), statuses());
    fails(FailureKind.TRUST, () -> shadow("c"));
    assertEquals(1, resolve("bikes@prod", false).size(), "score says that it is left out");
    assertTrue(drop().changed());
    assertEquals(List.of(), resolve("bikes@prod", false));
  }

  @Test
  void only_the_current_release_has_one_and_a_damaged_bundle_is_left_out_with_a_warning() {
    shadow("c");
    assertEquals(List.of(), resolve("bikes@prod", true));
    assertEquals(List.of(), resolve("bikes@prod#2", false));
    PassingStore without =
        new PassingStore(store) {
          @Override
          public Optional<byte[]> get(String key, long limit) {
            boolean its = key.equals(Blobs.key(digest("c").orElseThrow()));
            return its ? Optional.of(new byte[1]) : super.get(key, limit);
          }
        };
    List<String> warnings = new ArrayList<>();
    Releases there = Registries.releases(without);
    ResolvedRelease champion = there.resolve(Reference.parse("bikes@prod"));
    assertTrue(there.challengers("bikes", "prod").resolve(champion, warnings::add).isEmpty());
    assertTrue(
        warnings.get(0).contains("is left out: the stored bundle is damaged"), warnings::toString);
  }

  private List<String> resolve(String reference, boolean there) {
    List<String> warnings = new ArrayList<>();
    ResolvedRelease champion = releases.resolve(Reference.parse(reference));
    Optional<ResolvedChallenger> found =
        releases.challengers("bikes", "prod").resolve(champion, warnings::add);
    assertEquals(there, found.isPresent());
    return warnings;
  }

  @Test
  void a_damaged_note_counts_as_none_stops_prune_and_can_be_given_up() {
    shadow("c");
    store.putIfAbsent(FOLDER + "/00000000000000000002.json", new byte[] {'{'});
    List<String> warnings = new ArrayList<>();
    assertTrue(releases.challengers("bikes", "prod").active(warnings::add).isEmpty());
    assertEquals(1, warnings.size());
    assertEquals(1, releases.history("bikes", "prod").warnings().size());
    assertEquals(1, verified().warnings().size());
    fails(FailureKind.INVALID, () -> prune(Registries.NOON));
    assertTrue(drop().changed());
    prune(Registries.NOON);
  }

  private Verified verified() {
    return new Verification(Registry.in(store), Progress.NONE, TestBundles.READER).registry();
  }

  private void prune(Instant now) {
    prune(store, now);
  }

  private static void prune(PrunableStore in, Instant now) {
    Registries.pruning(in, now.getEpochSecond(), Registries.at(now)).prune(GRACE, false);
  }

  @Test
  void prune_keeps_its_bundle_until_it_is_dropped() {
    shadow("c");
    assertEquals(3, verified().bundles());
    assertEquals(List.of(), verified().unused());
    Instant later = Registries.NOON.plus(GRACE).plusSeconds(1);
    prune(Registries.NOON);
    prune(later);
    assertEquals(3, verified().bundles());
    drop();
    assertEquals(List.of(digest("c").orElseThrow()), verified().unused());
    prune(later);
    prune(later.plus(GRACE).plusSeconds(1));
    assertEquals(List.of(), verified().unused());
  }

  @Test
  void a_lost_bundle_is_a_fault() {
    shadow("c");
    store.delete(Blobs.key(digest("c").orElseThrow()));
    Failure failure = fails(FailureKind.INVALID, this::verified);
    assertTrue(failure.getMessage().contains("bikes@prod~"), failure.getMessage());
  }

  /** Two who want different bundles, one who drops, in every order of their store calls. */
  @Test
  void of_two_who_try_at_once_one_is_refused() throws InterruptedException {
    int[] both = {0};
    int runs =
        InterleavedRuns.playAll(
            () ->
                new InterleavedRuns.Scene() {
                  private final MemoryStore own = store.copy();

                  @Override
                  public PrunableStore store() {
                    return own;
                  }

                  @Override
                  public List<Consumer<PrunableStore>> actors() {
                    return List.of(tries("c", 1), tries("d", 2));
                  }

                  @Override
                  public void check(List<Integer> order) {
                    List<String> notes = own.list(FOLDER);
                    assertEquals(1, notes.size(), () -> "both won: " + order);
                    both[0]++;
                  }
                });
    assertEquals(runs, both[0]);
    assertTrue(runs > 10, "only " + runs + " orders");
  }

  /** A challenger beside the prune that deletes its bundle, in every order of their store calls. */
  @Test
  void no_challenger_loses_its_bundle_to_a_prune() throws InterruptedException {
    Instant due = Registries.NOON.plus(GRACE).plusSeconds(1);
    store.putIfAbsent(Blobs.key(digest("c").orElseThrow()), TestBundles.bikes("c"));
    prune(Registries.NOON);
    int[] begun = {0};
    int runs =
        InterleavedRuns.playAll(
            () ->
                new InterleavedRuns.Scene() {
                  private final MemoryStore own = store.copy();

                  @Override
                  public PrunableStore store() {
                    return own;
                  }

                  @Override
                  public List<Consumer<PrunableStore>> actors() {
                    return List.of(tries("c", 1, due), shared -> prune(shared, due));
                  }

                  @Override
                  public void check(List<Integer> order) {
                    boolean there = own.list(FOLDER).size() == 1;
                    begun[0] += there ? 1 : 0;
                    prune(own, due.plusSeconds(1));
                    prune(own, due.plus(GRACE).plusSeconds(5));
                    boolean kept = own.size(Blobs.key(digest("c").orElseThrow())).isPresent();
                    assertTrue(kept || !there, () -> "lost: " + order);
                  }
                });
    assertTrue(runs > 10 && begun[0] > 0 && begun[0] < runs, begun[0] + " of " + runs);
  }

  private static Consumer<PrunableStore> tries(String salt, long seed) {
    return tries(salt, seed, Registries.NOON);
  }

  private static Consumer<PrunableStore> tries(String salt, long seed, Instant now) {
    return shared -> {
      try {
        Registries.releases(shared, seed, Registries.at(now))
            .challenge(request(salt), Challenge.SHADOW);
      } catch (Failure e) {
        assertEquals(FailureKind.CONFLICT, e.kind(), e.getMessage());
      }
    };
  }

  @Test
  void a_share_is_a_percentage() {
    assertEquals("canary 2.5% by id", Challenge.canary("2.5%", Optional.of("id")).toString());
    assertEquals("canary 100%", Challenge.canary("100%", Optional.empty()).toString());
    for (String wrong : List.of("10", "0%", "101%", "-1%", "x%", "%", "1e400%")) {
      fails(FailureKind.USAGE, () -> Challenge.canary(wrong, Optional.empty()));
    }
  }
}
