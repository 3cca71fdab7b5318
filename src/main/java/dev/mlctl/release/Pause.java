package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.random.RandomGenerator;

/** Waiting between attempts, apart so that tests need not wait. */
@FunctionalInterface
interface Pause {
  /**
   * Waits before an attempt; not at all before the first.
   *
   * @param attempt the attempt's number from 0
   * @throws Failure of kind INTERRUPTED when the thread is interrupted; what was committed by then
   *     only the caller knows
   */
  void before(int attempt);

  /** The same for a caller who knows that nothing is committed yet, and says so if interrupted. */
  default void beforeCommit(int attempt) {
    try {
      before(attempt);
    } catch (Failure e) {
      throw Failure.of(e.kind(), e.getMessage() + "; nothing was committed").causedBy(e);
    }
  }

  /**
   * Exponential back-off with full jitter (AWS Architecture Blog, 2015): a random time up to 4, 8,
   * 16, … and at most 250 milliseconds, so that writers that collided once spread out.
   */
  static Pause jittered(RandomGenerator random) {
    return attempt -> {
      if (attempt > 0) {
        sleep(random.nextLong(1, Math.min(250L, 2L << Math.min(attempt, 20)) + 1));
      }
    };
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "interrupted").causedBy(e);
    }
  }
}
