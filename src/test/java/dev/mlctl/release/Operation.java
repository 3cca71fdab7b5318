package dev.mlctl.release;

import dev.mlctl.error.FailureKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to the registry in a simulation, and what came of it as far as its caller can tell.
 *
 * @param name told apart by it; the record carries it as its reason
 * @param wish what was asked for
 * @param headBefore the newest release when it was asked
 * @param headAfter the newest release when it was answered
 * @param faultsMet how many of its calls to the store went wrong
 * @param afterDamage whether a record was damaged before it was asked
 * @param duringDamage whether a record was damaged when it was answered
 * @param answer what the caller was told
 */
record Operation(
    String name,
    Wish wish,
    long headBefore,
    long headAfter,
    int faultsMet,
    boolean afterDamage,
    boolean duringDamage,
    Answer answer) {
  /**
   * What is asked for.
   *
   * @param salt of the bundle to deploy; empty for a rollback
   * @param to for a rollback, the release to go back to; empty for the last good one
   */
  record Wish(Optional<String> salt, OptionalLong to, OptionalLong expected, Optional<String> key) {
    boolean isDeploy() {
      return salt.isPresent();
    }

    /** The bundle to deploy. */
    byte[] bundle() {
      return TestBundles.bikes(salt.orElseThrow());
    }
  }

  /**
   * What a caller is told.
   *
   * @param release the release that answers the wish, when there was no failure
   * @param made whether it was made by this request
   * @param failure its kind; empty when there was none, or a throwable that is not a failure
   * @param text what was thrown
   */
  record Answer(
      Optional<ReleaseRecord> release, boolean made, Optional<FailureKind> failure, String text) {}

  boolean failedWith(FailureKind kind) {
    return answer.failure().equals(Optional.of(kind));
  }

  /** Whether the newest release was {@code n} throughout. */
  boolean sawOnly(long n) {
    return headBefore == n && headAfter == n;
  }

  @Override
  public String toString() {
    String told =
        answer.release().map(r -> (answer.made() ? "made " : "is ") + r.number()).orElse("");
    return "%s %s%s%s%s: %s%s (%d..%d, %d faults%s)"
        .formatted(
            name,
            wish.salt().map(salt -> "deploy " + salt).orElse("rollback"),
            wish.to().isPresent() ? " to " + wish.to().getAsLong() : "",
            wish.expected().isPresent() ? " expecting " + wish.expected().getAsLong() : "",
            wish.key().map(key -> " key " + key).orElse(""),
            told,
            answer.text(),
            headBefore,
            headAfter,
            faultsMet,
            afterDamage ? ", after damage" : "");
  }
}
