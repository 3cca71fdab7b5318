package dev.mlctl.release;

import static dev.mlctl.release.Registries.deploy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What it means that a bundle was revoked, and what a revocation does. */
class RevocationTest {
  private static final String A = Digest.of(TestBundles.bikes("a"));
  private static final String B = Digest.of(TestBundles.bikes("b"));
  private static final String C = Digest.of(TestBundles.bikes("c"));

  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store);

  @Test
  void one_record_goes_back_to_the_last_good_release_and_revokes_the_one_it_leaves() {
    deployAll("a", "b");
    ReleaseRecord record = releases.rollback(revoke().reason("leaks names")).release();
    assertEquals(3, record.number());
    assertEquals(ReleaseRecord.Kind.REVOKE, record.kind());
    assertEquals(OptionalLong.of(2), record.revokes());
    assertEquals(OptionalLong.of(1), record.to());
    assertEquals(A, record.digest());
    assertEquals(List.of(B), record.revoked());
    assertEquals(A, releases.resolve(Reference.parse("bikes@prod")).digest());
    assertEquals(List.of("superseded", "revoked", "current"), statuses());
  }

  @Test
  void a_release_that_is_not_current_is_revoked_without_moving_the_pointer() {
    deployAll("a", "b", "c");
    ReleaseRecord record = releases.rollback(revoke().revoke(1)).release();
    assertEquals(C, record.digest());
    assertEquals(OptionalLong.of(3), record.to());
    assertEquals(List.of(A), record.revoked());
    assertEquals(List.of("revoked", "superseded", "superseded", "current"), statuses());
  }

  @Test
  void a_revoked_bundle_is_told_by_digest_wherever_it_appears() {
    deployAll("a", "b", "a");
    ReleaseRecord record = releases.rollback(revoke().revoke(1)).release();
    assertEquals(B, record.digest(), "the current bundle was that of release 1, so it is left");
    assertEquals(List.of("revoked", "superseded", "revoked", "current"), statuses());
  }

  @Test
  void to_says_where_to_go_instead_of_the_last_good_release() {
    deployAll("a", "b", "c");
    ReleaseRecord record = releases.rollback(revoke().to(1)).release();
    assertEquals(OptionalLong.of(1), record.to());
    assertEquals(List.of(C), record.revoked());
    fails(
        FailureKind.USAGE,
        "cannot roll back bikes@prod to release 4: it holds the bundle that is to be revoked",
        () -> releases.rollback(revoke().to(4)));
  }

  @Test
  void a_revoked_bundle_is_not_deployed_gone_back_to_or_handed_out() {
    deployAll("a", "b");
    releases.rollback(revoke());
    fails(
        FailureKind.TRUST,
        "cannot deploy bikes to prod: the bundle %s was revoked by release 3".formatted(hex(B)),
        () -> deploy(releases, "b"));
    fails(
        FailureKind.TRUST,
        "cannot roll back bikes@prod to release 2: the bundle %s was revoked by release 3"
            .formatted(hex(B)),
        () -> releases.rollback(RollbackRequest.of("bikes", "prod").to(2)));
    fails(
        FailureKind.TRUST,
        "cannot use bikes@prod#2: its bundle was revoked",
        () -> releases.resolve(Reference.parse("bikes@prod#2")));
    ResolvedRelease looked = releases.inspect(Reference.parse("bikes@prod#2"));
    assertTrue(looked.revoked());
    assertEquals(B, looked.digest());
  }

  @Test
  void another_environment_is_not_concerned() {
    deployAll("a", "b");
    releases.rollback(revoke());
    DeployRequest staging = DeployRequest.of("b.mlb", TestBundles.bikes("b"), "staging");
    assertTrue(releases.deploy(staging).changed());
  }

  @Test
  void it_stays_revoked_whatever_comes_after_and_the_newest_record_tells() {
    deployAll("a", "b");
    releases.rollback(revoke());
    deploy(releases, "c");
    releases.rollback(RollbackRequest.of("bikes", "prod").to(1));
    releases.rollback(revoke().revoke(4));
    ReleaseRecord newest =
        releases.find(new Reference.Release("bikes", "prod", OptionalLong.empty()));
    assertEquals(List.of(B, C), newest.revoked());
    assertEquals(A, newest.digest());
    fails(
        FailureKind.NOT_FOUND,
        "cannot roll back bikes@prod: every earlier release holds the same bundle as release 6 or"
            + " was rolled back from, condemned by monitoring or revoked",
        () -> releases.rollback(RollbackRequest.of("bikes", "prod")));
  }

  @Test
  void without_a_good_release_left_nothing_is_revoked_unless_that_is_asked_for() {
    deployAll("a");
    fails(
        FailureKind.NOT_FOUND,
        "cannot revoke bikes@prod#1: no good release is left to go back to; nothing was revoked",
        () -> releases.rollback(revoke()));
    assertEquals(List.of("current"), statuses());

    Deployed none = releases.rollback(revoke().allowNone(true));
    assertEquals(OptionalLong.empty(), none.release().to());
    assertTrue(none.release().isRevoked());
    assertEquals(List.of("revoked", "revoked"), statuses());
    assertTrue(releases.list().get(0).current().isRevoked());
    fails(
        FailureKind.TRUST,
        "cannot use bikes@prod#2: its bundle was revoked",
        () -> releases.resolve(Reference.parse("bikes@prod")));
    fails(
        FailureKind.TRUST,
        "cannot deploy bikes to prod: the bundle %s was revoked by release 2".formatted(hex(A)),
        () -> deploy(releases, "a"));
    assertFalse(releases.rollback(revoke()).changed(), "it is revoked already");

    assertEquals(3, deploy(releases, "b").release().number());
    assertEquals(B, releases.resolve(Reference.parse("bikes@prod")).digest());
  }

  @Test
  void another_release_can_be_revoked_while_there_is_no_good_one() {
    deployAll("a", "b");
    releases.rollback(revoke().revoke(1));
    releases.rollback(revoke().revoke(2).allowNone(true));
    ReleaseRecord none =
        releases.find(new Reference.Release("bikes", "prod", OptionalLong.empty()));
    assertEquals(List.of(A, B), none.revoked());
    deploy(releases, "c");
    deploy(releases, "d");
    releases.rollback(revoke().revoke(6));
    assertEquals(C, releases.resolve(Reference.parse("bikes@prod")).digest());
  }

  @Test
  void revoking_again_changes_nothing_and_a_dry_run_neither() {
    deployAll("a", "b", "c");
    Deployed trial = releases.rollback(revoke().revoke(2).dryRun(true));
    assertTrue(trial.changed());
    assertEquals(3, releases.history("bikes", "prod").entries().size());
    releases.rollback(revoke().revoke(2));
    Deployed again = releases.rollback(revoke().revoke(2));
    assertFalse(again.changed());
    assertEquals(4, again.release().number());
  }

  @Test
  void the_expected_release_and_the_number_must_be_there() {
    deployAll("a", "b");
    fails(
        FailureKind.CONFLICT,
        "cannot roll back bikes@prod: expected current release 1, found 2",
        () -> releases.rollback(revoke().expectCurrent(1)));
    fails(
        FailureKind.NOT_FOUND,
        "cannot revoke release 7 of bikes@prod: the newest is 2",
        () -> releases.rollback(revoke().revoke(7)));
  }

  @Test
  void an_idempotency_key_makes_a_repeated_revocation_harmless() {
    deployAll("a", "b", "c");
    Deployed first = releases.rollback(revoke().idempotencyKey("night-1"));
    Deployed again = releases.rollback(revoke().idempotencyKey("night-1"));
    assertFalse(again.changed());
    assertEquals(first.release(), again.release());
    fails(
        FailureKind.CONFLICT,
        "cannot roll back bikes@prod: the idempotency key \"night-1\" was used for bikes@prod#4,"
            + " which differs",
        () -> releases.rollback(RollbackRequest.of("bikes", "prod").idempotencyKey("night-1")));
  }

  @Test
  void a_revocation_that_lost_a_race_still_revokes_what_was_current_when_it_was_asked_for() {
    deployAll("a", "b");
    Releases rival = Registries.releases(store, 7);
    BeforeFirstRecord racing = new BeforeFirstRecord(store, () -> deploy(rival, "c"));
    ReleaseRecord record = Registries.releases(racing, 8).rollback(revoke()).release();
    assertEquals(4, record.number());
    assertEquals(List.of(B), record.revoked());
    assertEquals(C, record.digest(), "what the rival deployed stays");
  }

  @Test
  void two_that_revoke_the_same_at_once_revoke_it_once() {
    deployAll("a", "b", "c");
    Releases rival = Registries.releases(store, 7);
    BeforeFirstRecord racing = new BeforeFirstRecord(store, () -> rival.rollback(revoke()));
    Deployed second = Registries.releases(racing, 8).rollback(revoke());
    assertFalse(second.changed());
    assertEquals(List.of(C), second.release().revoked());
  }

  @Test
  void a_deploy_that_loses_the_race_against_a_revocation_of_its_bundle_is_refused() {
    deployAll("a", "b", "c");
    Releases rival = Registries.releases(store, 7);
    BeforeFirstRecord racing =
        new BeforeFirstRecord(store, () -> rival.rollback(revoke().revoke(1)));
    fails(
        FailureKind.TRUST,
        "cannot deploy bikes to prod: the bundle %s was revoked by release 4".formatted(hex(A)),
        () -> deploy(Registries.releases(racing, 8), "a"));
  }

  @Test
  void a_record_that_forgets_a_revocation_is_refused() {
    deployAll("a", "b");
    releases.rollback(revoke());
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    ReleaseLog.Entry head = log.readAll().entries().get(2);
    ReleaseRecord r = head.record();
    ReleaseRecord forgetful =
        new ReleaseRecord(
            4,
            "operation",
            r.idempotencyKey(),
            ReleaseRecord.Kind.DEPLOY,
            r.model(),
            r.env(),
            B,
            r.size(),
            OptionalLong.empty(),
            Optional.of(head.digest()),
            r.who(),
            r.when(),
            "",
            List.of(),
            OptionalLong.empty(),
            List.of());
    store.putIfAbsent(log.key(4), RecordFormat.write(forgetful));
    fails(
        FailureKind.INVALID,
        "the release log is damaged: what it says is revoked does not follow from the record of"
            + " release 3",
        () -> releases.history("bikes", "prod"));
  }

  @Test
  void a_long_log_tells_what_was_revoked_long_ago_without_being_read_whole() {
    deployAll("bad", "a");
    releases.rollback(revoke().revoke(1));
    appendRecords(ReleaseLog.SHORT);
    fails(
        FailureKind.TRUST,
        "cannot use bikes@prod#1: its bundle was revoked",
        () -> releases.resolve(Reference.parse("bikes@prod#1")));
    Failure failure = assertThrows(Failure.class, () -> deploy(releases, "bad"));
    assertEquals(FailureKind.TRUST, failure.kind());
  }

  private void deployAll(String... salts) {
    for (String salt : salts) {
      deploy(releases, salt);
    }
  }

  /** Writes the records alone, because a deploy reads the whole log each time. */
  private void appendRecords(int count) {
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    ReleaseLog.View view = log.readAll();
    Draft draft = new Draft("op", Optional.empty(), new Who("", "", ""), Registries.NOON, "");
    for (int i = 0; i < count; i++) {
      byte[] bytes = RecordFormat.write(draft.deploy(view, A, 1, List.of()));
      ReleaseRecord record = RecordFormat.read("", bytes);
      store.putIfAbsent(log.key(record.number()), bytes);
      ReleaseLog.Entry entry = new ReleaseLog.Entry(record, Digest.of(bytes));
      view = new ReleaseLog.View("bikes", "prod", List.of(entry));
    }
  }

  private List<String> statuses() {
    return releases.history("bikes", "prod").entries().stream()
        .map(entry -> entry.status().words())
        .toList();
  }

  private static RollbackRequest revoke() {
    return RollbackRequest.of("bikes", "prod").revoke();
  }

  private static String hex(String digest) {
    return Digest.hex(digest).substring(0, 12);
  }

  private static void fails(FailureKind kind, String message, Executable act) {
    Failure failure = assertThrows(Failure.class, act);
    assertEquals(message, failure.getMessage());
    assertEquals(kind, failure.kind());
  }
}
