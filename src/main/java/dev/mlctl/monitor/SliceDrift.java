package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Drift of the slices that rules are about. A slice differs from the whole at all times, and the
 * baseline knows no slices; so it is held against itself, in the windows of the release before the
 * runs now judged.
 */
final class SliceDrift {
  private SliceDrift() {}

  /**
   * The findings that rules are about.
   *
   * @param windows those of the release, in any order
   */
  static List<Finding> of(
      MonitorSpec spec, Subject subject, List<Window> windows, ChosenRuns chosen) {
    List<Finding> findings = new ArrayList<>();
    SliceSums before = new SliceSums(spec.slices(), subject.bundle().baseline());
    Set<String> judged = chosen.ids();
    for (Window window : windows) {
      if (window.digest().equals(subject.digest()) && window.isBefore(judged)) {
        before.add(window.slices());
      }
    }
    for (String slice : spec.slices()) {
      MonitorSpec own = spec.ofSlice(slice);
      ProfileCheck.of(own, before.profile(slice), chosen.slices().profile(slice)).stream()
          .map(finding -> finding.in(slice))
          .filter(finding -> spec.rules().stream().anyMatch(rule -> rule.isAbout(finding)))
          .forEach(findings::add);
    }
    return findings;
  }
}
