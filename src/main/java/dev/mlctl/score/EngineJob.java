package dev.mlctl.score;

import java.time.Duration;

/** A pipeline that a runner is at work on. Closing it lets go of it and changes nothing. */
interface EngineJob {
  /** The runner's own id of it; empty where there is none. */
  String id();

  /** Where the runner shows it to people; empty where it does not. */
  String url();

  /**
   * Waits for its end.
   *
   * @param limit how long at most
   * @return whether it has ended, and well; false when the limit came first
   * @throws dev.mlctl.error.Failure of kind PIPELINE when it has failed, with the step, the row or
   *     file if known, the root cause and where there is more to read, in at most ten lines;
   *     INTERRUPTED when it was cancelled; UNKNOWN_OUTCOME when the runner cannot be asked any more
   */
  boolean await(Duration limit);

  /** Ends it without a result. Comes back when the runner has taken note. */
  void cancel();
}
