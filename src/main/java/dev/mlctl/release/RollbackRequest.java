package dev.mlctl.release;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wish to go back to the bundle of an earlier release, or to revoke one, or both. Fill it in,
 * then hand it over; not safe for use by several threads.
 */
public final class RollbackRequest {
  final Reference.Release target;
  OptionalLong to = OptionalLong.empty();
  String reason = "";
  OptionalLong expectCurrent = OptionalLong.empty();
  Optional<String> idempotencyKey = Optional.empty();
  boolean dryRun;
  boolean revoke;
  OptionalLong revokes = OptionalLong.empty();
  boolean allowNone;
  OptionalLong challenger = OptionalLong.empty();

  private RollbackRequest(Reference.Release target) {
    this.target = Objects.requireNonNull(target, "target");
  }

  /** A rollback to the last good release, without any conditions. */
  public static RollbackRequest of(String model, String env) {
    return new RollbackRequest(new Reference.Release(model, env, OptionalLong.empty()));
  }

  /** Go back to this release instead. */
  public RollbackRequest to(long number) {
    to = OptionalLong.of(number);
    return this;
  }

  /**
   * Mark the bundle of the current release as never to be used again, in the same record. It stays
   * marked in this model and environment for ever.
   */
  public RollbackRequest revoke() {
    revoke = true;
    return this;
  }

  /**
   * Mark the bundle of this release instead. When it is not the current bundle and {@link #to} is
   * not given, the current bundle stays.
   */
  public RollbackRequest revoke(long number) {
    revokes = OptionalLong.of(number);
    return revoke();
  }

  /**
   * Revoke even if no good release is left to go back to. Then the environment has no bundle that
   * may be used until one is deployed; without this, nothing is revoked.
   */
  public RollbackRequest allowNone(boolean allow) {
    allowNone = allow;
    return this;
  }

  /** Of {@link Releases#drop}: drop the challenger that this note began, and no other. */
  public RollbackRequest challenger(long number) {
    challenger = OptionalLong.of(number);
    return this;
  }

  /** Why, for the record; at most 4000 characters. */
  public RollbackRequest reason(String text) {
    reason = text;
    return this;
  }

  /** Roll back only if this release is the current one. */
  public RollbackRequest expectCurrent(long number) {
    expectCurrent = OptionalLong.of(number);
    return this;
  }

  /** A key that makes it harmless to send the same request again; at most 200 characters. */
  public RollbackRequest idempotencyKey(String key) {
    idempotencyKey = Optional.of(key);
    return this;
  }

  /** Do everything but write. */
  public RollbackRequest dryRun(boolean dry) {
    dryRun = dry;
    return this;
  }
}
