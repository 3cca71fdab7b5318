package dev.mlctl.release;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wish to go back to the bundle of an earlier release. Fill it in, then hand it over; not safe
 * for use by several threads.
 */
public final class RollbackRequest {
  final Reference.Release target;
  OptionalLong to = OptionalLong.empty();
  String reason = "";
  OptionalLong expectCurrent = OptionalLong.empty();
  Optional<String> idempotencyKey = Optional.empty();
  boolean dryRun;

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
