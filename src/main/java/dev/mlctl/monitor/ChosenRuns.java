package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs that are compared, and those of the same time that are not.
 *
 * @param used oldest first, without their profiles: of the release's bundle, and not failed
 * @param leftOut the others in the window, oldest first
 * @param failed how many of those left out failed with the release's bundle
 * @param sum what passed in the runs used
 * @param slices the same of the slices that rules are about
 */
record ChosenRuns(
    List<RunRecord> used, List<LeftOutRun> leftOut, int failed, Profile sum, SliceSums slices) {
  /** Copies. */
  ChosenRuns {
    used = List.copyOf(used);
    leftOut = List.copyOf(leftOut);
  }

  /** The ids of all runs of the time that is judged. */
  Set<String> ids() {
    Set<String> ids = new HashSet<>();
    used.forEach(run -> ids.add(run.id()));
    leftOut.forEach(run -> ids.add(run.id()));
    return ids;
  }
}
