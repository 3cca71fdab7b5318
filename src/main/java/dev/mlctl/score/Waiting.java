package dev.mlctl.score;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a command stays with a run that another system has taken over.
 *
 * @param untilEnd false to come back once it is submitted
 * @param limit after which it is cancelled
 * @param cancel whether an interruption cancels it or leaves it to itself
 */
public record Waiting(boolean untilEnd, Optional<Duration> limit, boolean cancel) {
  /** To the end, however long that takes. */
  public static final Waiting TO_THE_END = new Waiting(true, Optional.empty(), true);
}
