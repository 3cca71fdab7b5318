package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import java.util.List;

/**
 * The runs that are compared, and those of the same time that are not.
 *
 * @param used oldest first, without their profiles: of the release's bundle, and not failed
 * @param leftOut the others in the window, oldest first
 * @param failed how many of those left out failed with the release's bundle
 * @param sum what passed in the runs used
 */
record ChosenRuns(List<RunRecord> used, List<LeftOutRun> leftOut, int failed, Profile sum) {
  /** Copies. */
  ChosenRuns {
    used = List.copyOf(used);
    leftOut = List.copyOf(leftOut);
  }
}
