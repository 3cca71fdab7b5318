package dev.mlctl.score;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What a plan must know of the process it is made in.
 *
 * @param parallelism how many parts a run here scores at once, usually the number of processors
 * @param start from the start of the process until it began to plan
 * @param runners the runners that are installed
 */
public record PlanHost(int parallelism, Duration start, Set<String> runners) {
  /** Copies. */
  public PlanHost {
    Objects.requireNonNull(start, "start");
    runners = Set.copyOf(runners);
  }
}
