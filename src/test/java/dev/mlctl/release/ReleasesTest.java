package dev.mlctl.release;

import static dev.mlctl.release.Registries.deploy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReleasesTest {
  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store);

  @Test
  void the_first_deploy_makes_the_registry_and_release_1() {
    Deployed deployed = deploy(releases, "a");
    assertEquals(1, deployed.release().number());
    assertTrue(deployed.changed());
    assertEquals(OptionalLong.empty(), deployed.before());
    ResolvedRelease current = releases.resolve(Reference.parse("bikes@prod"));
    assertArrayEquals(TestBundles.bikes("a"), current.bundle());
    assertEquals("bikes@prod#1", current.pinned());
  }

  @Test
  void deploying_the_current_bundle_again_changes_nothing() {
    deploy(releases, "a");
    Deployed again = deploy(releases, "a");
    assertFalse(again.changed());
    assertEquals(1, again.release().number());
    assertEquals(1, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void the_same_idempotency_key_returns_the_release_it_made() {
    DeployRequest request = request("a").idempotencyKey("job-1");
    releases.deploy(request);
    deploy(releases, "b");
    Deployed again = releases.deploy(request("a").idempotencyKey("job-1"));
    assertFalse(again.changed());
    assertEquals(1, again.release().number());
    assertEquals(2, releases.find(release("bikes@prod")).number());
  }

  @Test
  void an_idempotency_key_holds_when_the_first_reply_was_lost_for_good() {
    PrunableStore dead =
        new PassingStore(store) {
          private boolean cut;

          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            PutResult result = super.putIfAbsent(key, bytes);
            cut |= key.startsWith("models/");
            return cut ? PutResult.UNKNOWN : result;
          }

          @Override
          public Optional<byte[]> get(String key, long maxBytes) {
            if (cut) {
              throw Failure.of(FailureKind.STORAGE, "the line is dead").at(key);
            }
            return super.get(key, maxBytes);
          }
        };
    Failure lost =
        assertThrows(
            Failure.class,
            () -> Registries.releases(dead, 5).deploy(request("a").idempotencyKey("job-1")));
    assertEquals(FailureKind.UNKNOWN_OUTCOME, lost.kind());
    deploy(releases, "b");
    Deployed again = Registries.releases(store, 6).deploy(request("a").idempotencyKey("job-1"));
    assertFalse(again.changed());
    assertEquals(1, again.release().number());
    assertEquals(2, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void an_idempotency_key_holds_when_the_first_write_arrives_after_the_second() {
    List<Runnable> underWay = new ArrayList<>();
    PrunableStore slow =
        new PassingStore(store) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            if (!key.startsWith("models/")) {
              return super.putIfAbsent(key, bytes);
            }
            underWay.add(() -> super.putIfAbsent(key, bytes));
            return PutResult.UNKNOWN;
          }
        };
    Failure lost =
        assertThrows(
            Failure.class,
            () -> Registries.releases(slow, 5).deploy(request("a").idempotencyKey("job-1")));
    assertEquals(FailureKind.UNKNOWN_OUTCOME, lost.kind());
    assertTrue(
        Registries.releases(store, 6).deploy(request("a").idempotencyKey("job-1")).changed());
    underWay.forEach(Runnable::run);
    assertEquals(1, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void history_as_json_is_enough_for_a_change_report() {
    deploy(releases, "a");
    releases.deploy(
        request("b")
            .idempotencyKey("job-2")
            .reason("better")
            .gates(List.of("r2 >= 0.5", "r2 >= 0.9 * current.r2")));
    releases.rollback(RollbackRequest.of("bikes", "prod").reason("worse after all"));
    List<?> entries = (List<?>) releases.history("bikes", "prod").toMap().get("releases");
    Map<?, ?> second = (Map<?, ?>) entries.get(1);
    assertEquals(2L, second.get("number"));
    assertEquals("deploy", second.get("kind"));
    assertEquals("rolled back", second.get("status"));
    assertEquals(1L, second.get("before"));
    assertEquals("better", second.get("reason"));
    assertEquals("2026-11-01T12:00:00Z", second.get("when"));
    assertEquals(Map.of("user", "ada", "host", "laptop", "ci", ""), second.get("who"));
    assertEquals("job-2", second.get("idempotency_key"));
    byte[] bundle = TestBundles.bikes("b");
    assertEquals(
        Map.of("digest", Digest.of(bundle), "size", (long) bundle.length), second.get("bundle"));
    Map<?, ?> gate = (Map<?, ?>) ((List<?>) second.get("gates")).get(1);
    assertEquals("r2 >= 0.9 * current.r2", gate.get("gate"));
    assertEquals("passed", gate.get("outcome"));
    assertEquals(0.9, gate.get("left"));
    assertEquals(0.81, (Double) gate.get("right"), 1e-12);
    assertTrue(second.get("operation").toString().matches("[0-9a-f-]{36}"));
    Map<?, ?> third = (Map<?, ?>) entries.get(2);
    assertEquals("rollback", third.get("kind"));
    assertEquals(1L, third.get("to"));
    assertEquals(2L, third.get("before"));
    assertFalse(((Map<?, ?>) entries.get(0)).containsKey("before"));
  }

  @Test
  void the_same_idempotency_key_for_another_bundle_is_a_conflict() {
    releases.deploy(request("a").idempotencyKey("job-1"));
    fails(
        FailureKind.CONFLICT,
        "cannot deploy bikes to prod: the idempotency key \"job-1\" was used for bikes@prod#1,"
            + " which differs",
        () -> releases.deploy(request("b").idempotencyKey("job-1")));
  }

  @Test
  void an_unexpected_current_release_is_a_conflict() {
    for (String salt : List.of("a", "b", "c", "d", "e")) {
      deploy(releases, salt);
    }
    fails(
        FailureKind.CONFLICT,
        "cannot deploy bikes to prod: expected current release 3, found 5",
        () -> releases.deploy(request("f").expectCurrent(3)));
    assertEquals(6, releases.deploy(request("f").expectCurrent(5)).release().number());
  }

  @Test
  void expecting_release_0_means_the_first() {
    assertEquals(1, releases.deploy(request("a").expectCurrent(0)).release().number());
    fails(
        FailureKind.CONFLICT,
        "cannot deploy bikes to prod: expected current release 0, found 1",
        () -> releases.deploy(request("b").expectCurrent(0)));
  }

  @Test
  void a_dry_run_writes_nothing_not_even_the_registry() {
    Deployed trial = releases.deploy(request("a").dryRun(true));
    assertTrue(trial.changed());
    assertTrue(trial.dryRun());
    assertEquals(1, trial.release().number());
    assertEquals(List.of(), store.list(""));
  }

  @Test
  void a_bundle_that_fails_its_golden_rows_is_not_deployed() {
    byte[] broken = TestBundles.of("name=bikes;inputs=a;broken=yes");
    fails(
        FailureKind.INVALID,
        "golden rows disagree",
        () -> releases.deploy(DeployRequest.of("bikes.mlb", broken, "prod")));
    assertEquals(List.of(), store.list(""));
  }

  @Test
  void gates_that_fail_are_all_listed_with_their_values_and_nothing_is_committed() {
    deploy(releases, "a");
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                releases.deploy(
                    request("b").gates(List.of("r2 > 0.95", "r2 > 0.5", "r2 > current.r2"))));
    assertEquals(FailureKind.GATE, failure.kind());
    assertEquals(
        List.of(
            "cannot deploy bikes to prod: the gate \"r2 > 0.95\" does not hold: 0.9 against 0.95",
            "cannot deploy bikes to prod: the gate \"r2 > current.r2\" does not hold:"
                + " 0.9 against 0.9"),
        failure.problems().stream().map(problem -> problem.message()).toList());
    assertEquals(1, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void a_gate_against_the_current_release_is_skipped_and_recorded_when_there_is_none() {
    Deployed deployed = releases.deploy(request("a").gates(List.of("r2 > current.r2", "r2 > 0")));
    List<GateResult> gates = releases.find(release("bikes@prod")).gates();
    assertEquals(GateResult.Outcome.SKIPPED, gates.get(0).outcome());
    assertEquals(GateResult.Outcome.PASSED, gates.get(1).outcome());
    assertEquals(1, deployed.warnings().size());
  }

  @Test
  void inputs_that_callers_do_not_send_are_refused_unless_allowed() {
    deploy(releases, "a");
    byte[] wider = TestBundles.of("name=bikes;r2=0.9;inputs=a,b,c");
    fails(
        FailureKind.CONFLICT,
        "cannot deploy bikes to prod: it would break callers of bikes@prod#1:"
            + " feature \"c\" is new",
        () -> releases.deploy(DeployRequest.of("x.mlb", wider, "prod")));
    Deployed allowed =
        releases.deploy(DeployRequest.of("x.mlb", wider, "prod").allowIncompatible(true));
    assertEquals(2, allowed.release().number());
    assertEquals(
        List.of("callers of the release before must change: feature \"c\" is new"),
        allowed.warnings());
    byte[] narrower = TestBundles.of("name=bikes;r2=0.9;inputs=a");
    assertTrue(releases.deploy(DeployRequest.of("y.mlb", narrower, "prod")).changed());
  }

  @Test
  void rollback_goes_to_the_bundle_before_and_is_itself_a_release() {
    deploy(releases, "a");
    deploy(releases, "b");
    Deployed back = releases.rollback(RollbackRequest.of("bikes", "prod").reason("alerts"));
    assertEquals(3, back.release().number());
    assertEquals(OptionalLong.of(1), back.release().to());
    assertEquals("alerts", back.release().reason());
    assertArrayEquals(
        TestBundles.bikes("a"), releases.resolve(Reference.parse("bikes@prod")).bundle());
    assertEquals(
        List.of("superseded", "rolled back", "current"),
        releases.history("bikes", "prod").entries().stream()
            .map(entry -> entry.status().words())
            .toList());
  }

  @Test
  void rollback_to_what_is_current_changes_nothing() {
    deploy(releases, "a");
    deploy(releases, "b");
    Deployed back = releases.rollback(RollbackRequest.of("bikes", "prod").to(2));
    assertFalse(back.changed());
    assertEquals(2, back.release().number());
  }

  @Test
  void rollback_names_what_cannot_be() {
    deploy(releases, "a");
    fails(
        FailureKind.NOT_FOUND,
        "cannot roll back bikes@prod: release 1 is the first",
        () -> releases.rollback(RollbackRequest.of("bikes", "prod")));
    for (int i = 0; i < 6; i++) {
      deploy(releases, i);
    }
    fails(
        FailureKind.NOT_FOUND,
        "cannot roll back bikes@prod to release 9: the newest is 7",
        () -> releases.rollback(RollbackRequest.of("bikes", "prod").to(9)));
    fails(
        FailureKind.CONFLICT,
        "cannot roll back bikes@prod: expected current release 3, found 7",
        () -> releases.rollback(RollbackRequest.of("bikes", "prod").expectCurrent(3)));
    fails(
        FailureKind.NOT_FOUND,
        "no release of bikes@staging",
        () -> releases.rollback(RollbackRequest.of("bikes", "staging")));
  }

  @Test
  void rollback_proves_the_bundle_it_goes_back_to_first() {
    byte[] first = TestBundles.bikes("a");
    deploy(releases, "a");
    deploy(releases, "b");
    MemoryStore damaged = copyWithout(Blobs.key(Digest.of(first)));
    damaged.putIfAbsent(Blobs.key(Digest.of(first)), TestBundles.bikes("z"));
    Failure failure =
        assertThrows(
            Failure.class,
            () -> Registries.releases(damaged).rollback(RollbackRequest.of("bikes", "prod")));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals(
        "cannot roll back bikes@prod to release 1: the stored bundle is damaged:"
            + " its bytes differ from its digest",
        failure.getMessage());
    assertEquals(2, Registries.releases(damaged).history("bikes", "prod").entries().size());
  }

  @Test
  void a_rollback_that_lost_a_race_does_not_go_back_one_further() {
    deploy(releases, "a");
    deploy(releases, "b");
    deploy(releases, "c");
    Releases rival = Registries.releases(store, 7);
    BeforeFirstRecord racing =
        new BeforeFirstRecord(store, () -> rival.rollback(RollbackRequest.of("bikes", "prod")));
    Deployed second = Registries.releases(racing, 8).rollback(RollbackRequest.of("bikes", "prod"));
    assertFalse(second.changed());
    assertEquals(4, second.release().number());

    BeforeFirstRecord overtaken = new BeforeFirstRecord(store, () -> deploy(rival, "d"));
    fails(
        FailureKind.CONFLICT,
        "cannot roll back bikes@prod: release 5 became current meanwhile (a deploy by ada@laptop)",
        () -> Registries.releases(overtaken, 9).rollback(RollbackRequest.of("bikes", "prod")));
  }

  @Test
  void preconditions_are_checked_again_after_a_lost_race() {
    deploy(releases, "a");
    Releases rival = Registries.releases(store, 7);
    BeforeFirstRecord racing = new BeforeFirstRecord(store, () -> deploy(rival, "b"));
    fails(
        FailureKind.CONFLICT,
        "cannot deploy bikes to prod: expected current release 1, found 2",
        () -> Registries.releases(racing, 8).deploy(request("c").expectCurrent(1)));
    BeforeFirstRecord again = new BeforeFirstRecord(store, () -> deploy(rival, "d"));
    assertEquals(4, deploy(Registries.releases(again, 9), "e").release().number());
  }

  @Test
  void a_reference_to_an_older_release_is_resolved_and_a_newer_one_is_not_found() {
    for (int i = 1; i <= 5; i++) {
      deploy(releases, i);
    }
    for (int i = 1; i <= 5; i++) {
      ResolvedRelease old = releases.resolve(Reference.parse("bikes@prod#" + i));
      assertArrayEquals(TestBundles.bikes(i), old.bundle());
    }
    fails(
        FailureKind.NOT_FOUND,
        "no release bikes@prod#6: the newest is 5",
        () -> releases.resolve(Reference.parse("bikes@prod#6")));
  }

  @Test
  void a_long_log_is_read_from_its_end_and_a_gap_far_back_is_still_named() {
    releases.deploy(request("first").idempotencyKey("job-1"));
    appendRecords(ReleaseLog.SHORT + 20);
    assertFalse(releases.deploy(request("first").idempotencyKey("job-1")).changed());
    assertEquals(3, releases.find(release("bikes@prod#3")).number());
    String unwanted = new ReleaseLog(store, "bikes", "prod").key(5);
    Failure failure =
        assertThrows(
            Failure.class,
            () -> Registries.releases(copyWithout(unwanted)).find(release("bikes@prod")));
    assertEquals(
        "the release log is damaged: the record of release 5 is missing", failure.getMessage());
  }

  @Test
  void a_listing_that_misses_new_releases_neither_hides_them_nor_looks_like_a_gap() {
    MemoryStore slow =
        new MemoryStore() {
          @Override
          public List<String> list(String folder) {
            return super.list(folder).stream().filter(name -> !name.matches("0+[246].*")).toList();
          }
        };
    Releases late = Registries.releases(slow);
    for (int i = 1; i <= 6; i++) {
      assertEquals(i, deploy(late, i).release().number());
    }
    assertEquals(6, late.history("bikes", "prod").entries().size());
  }

  @Test
  void list_shows_every_model_in_every_environment() {
    deploy(releases, "a");
    byte[] income = TestBundles.of("name=income;r2=0.5;inputs=x");
    releases.deploy(DeployRequest.of("i.mlb", income, "staging"));
    releases.deploy(DeployRequest.of("i.mlb", income, "prod"));
    assertEquals(
        List.of("bikes@prod", "income@prod", "income@staging"),
        releases.list().stream().map(ModelEntry::reference).toList());
  }

  @Test
  void reading_where_no_registry_is_says_so() {
    fails(FailureKind.NOT_FOUND, "no registry at memory:", () -> releases.list());
    fails(
        FailureKind.NOT_FOUND,
        "no registry at memory:",
        () -> releases.resolve(Reference.parse("bikes@prod")));
  }

  @Test
  void a_lost_current_bundle_does_not_stop_a_deploy_that_asks_for_no_comparison() {
    deploy(releases, "a");
    MemoryStore lost = copyWithout(Blobs.key(Digest.of(TestBundles.bikes("a"))));
    Releases others = Registries.releases(lost, 3);
    Failure failure = assertThrows(Failure.class, () -> deploy(others, "b"));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertTrue(others.deploy(request("b").allowIncompatible(true)).changed());
  }

  /** Writes the records alone, because a deploy reads the whole log each time. */
  private void appendRecords(int count) {
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    ReleaseLog.View view = log.readAll();
    byte[] bundle = TestBundles.bikes("many");
    store.putIfAbsent(Blobs.key(Digest.of(bundle)), bundle);
    for (int i = 0; i < count; i++) {
      Draft draft =
          new Draft("op-" + i, Optional.empty(), new Who("", "", ""), Registries.NOON, "");
      ReleaseRecord record = draft.deploy(view, Digest.of(bundle), bundle.length, List.of());
      byte[] bytes = RecordFormat.write(record);
      store.putIfAbsent(log.key(record.number()), bytes);
      ReleaseLog.Entry entry = new ReleaseLog.Entry(record, Digest.of(bytes));
      view = new ReleaseLog.View("bikes", "prod", List.of(entry));
    }
  }

  private MemoryStore copyWithout(String unwanted) {
    MemoryStore copy = new MemoryStore();
    for (String key : store.keys()) {
      if (!key.equals(unwanted)) {
        copy.putIfAbsent(key, store.get(key, Long.MAX_VALUE).orElseThrow());
      }
    }
    return copy;
  }

  private static DeployRequest request(String salt) {
    return DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod");
  }

  private static Reference.Release release(String text) {
    return (Reference.Release) Reference.parse(text);
  }

  private static void fails(FailureKind kind, String message, Executable act) {
    Failure failure = assertThrows(Failure.class, act);
    assertEquals(message, failure.getMessage());
    assertEquals(kind, failure.kind());
  }
}
