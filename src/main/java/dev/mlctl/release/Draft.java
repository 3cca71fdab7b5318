package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a release record will say apart from its place in the log. One draft is one operation: its
 * id stays the same however often the commit is tried.
 */
record Draft(
    String operation, Optional<String> idempotencyKey, Who who, Instant when, String reason) {
  private static final int LONGEST_REASON = 4000;
  private static final int LONGEST_KEY = 200;

  /** Begins an operation; refuses a reason or a key too long to be kept. */
  static Draft begin(
      String operation, Optional<String> idempotencyKey, Who who, Clock clock, String reason) {
    if (reason.length() > LONGEST_REASON) {
      throw Failure.of(
          FailureKind.USAGE,
          "the reason has %d characters, more than %d",
          reason.length(),
          LONGEST_REASON);
    }
    int keyLength = idempotencyKey.map(String::length).orElse(1);
    if (keyLength < 1 || keyLength > LONGEST_KEY) {
      throw Failure.of(
          FailureKind.USAGE,
          "the idempotency key has %d characters, not 1 to %d",
          keyLength,
          LONGEST_KEY);
    }
    Instant when = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Draft(
        operation, idempotencyKey.map(Draft::wellFormed), who, when, wellFormed(reason));
  }

  /** Half a surrogate pair cannot be written as UTF-8; it becomes a question mark. */
  static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  ReleaseRecord deploy(ReleaseLog.View log, String digest, long size, List<GateResult> gates) {
    return record(
        log,
        ReleaseRecord.Kind.DEPLOY,
        digest,
        size,
        OptionalLong.empty(),
        gates,
        OptionalLong.empty(),
        log.revoked());
  }

  ReleaseRecord rollback(ReleaseLog.View log, ReleaseRecord target) {
    return record(
        log,
        ReleaseRecord.Kind.ROLLBACK,
        target.digest(),
        target.size(),
        OptionalLong.of(target.number()),
        List.of(),
        OptionalLong.empty(),
        log.revoked());
  }

  /**
   * A revocation.
   *
   * @param after the release whose bundle is current after it; a revoked one when none may be
   */
  ReleaseRecord revoke(ReleaseLog.View log, ReleaseRecord condemned, ReleaseRecord after) {
    List<String> revoked = new ArrayList<>(log.revoked());
    revoked.add(condemned.digest());
    boolean usable = !revoked.contains(after.digest());
    return record(
        log,
        ReleaseRecord.Kind.REVOKE,
        after.digest(),
        after.size(),
        usable ? OptionalLong.of(after.number()) : OptionalLong.empty(),
        List.of(),
        OptionalLong.of(condemned.number()),
        revoked);
  }

  private ReleaseRecord record(
      ReleaseLog.View log,
      ReleaseRecord.Kind kind,
      String digest,
      long size,
      OptionalLong to,
      List<GateResult> gates,
      OptionalLong revokes,
      List<String> revoked) {
    return new ReleaseRecord(
        log.head() + 1,
        operation,
        idempotencyKey,
        kind,
        log.model(),
        log.env(),
        digest,
        size,
        to,
        log.link(),
        who,
        when,
        reason,
        gates,
        revokes,
        revoked);
  }

  /** The release that an earlier request with the same key made, if any. */
  Optional<ReleaseRecord> alreadyMade(ReleaseLog.View log) {
    return idempotencyKey.flatMap(
        key ->
            log.records().stream()
                .filter(release -> release.idempotencyKey().equals(Optional.of(key)))
                .findFirst());
  }

  Failure keyTaken(String act, ReleaseRecord earlier) {
    return Failure.of(
            FailureKind.CONFLICT,
            "cannot %s: the idempotency key \"%s\" was used for %s, which differs",
            act,
            idempotencyKey.orElse(""),
            earlier.reference())
        .hint("use a new key for a new request");
  }

  /** Checks {@code --expect-current}; 0 stands for "no release yet". */
  static void expect(String act, OptionalLong expected, ReleaseLog.View log) {
    if (expected.isPresent() && expected.getAsLong() != log.head()) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot %s: expected current release %d, found %s",
              act,
              expected.getAsLong(),
              log.head() == 0 ? "none" : log.head())
          .hint("see \"mlctl history " + log.model() + "@" + log.env() + "\"");
    }
  }
}
