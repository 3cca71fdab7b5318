package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.data.RunProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of one bundle that belong together in time, with the sum of their profiles. Filled with runs
 * newest first, then only read. Not thread-safe while it is filled.
 */
final class Window {
  private final String label;
  private final Instant start;
  private final Optional<Instant> end;
  private final String digest;
  private final Optional<Profile> baseline;
  private final List<RunRecord> runs = new ArrayList<>();
  private final ProfileSum sum;
  private final SliceSums slices;

  /**
   * A window without runs.
   *
   * @param end when it ends, if that does not depend on its runs
   * @param baseline that of the bundle, if the bundle is there
   * @param slices the slices that are asked for
   */
  Window(
      String label,
      Instant start,
      Optional<Instant> end,
      String digest,
      Optional<Profile> baseline,
      Set<String> slices) {
    this.label = label;
    this.start = start;
    this.end = end;
    this.digest = digest;
    this.baseline = baseline;
    this.sum = baseline.map(ProfileSum::ofCounts).orElse(null);
    this.slices = baseline.map(shape -> new SliceSums(slices, shape)).orElse(null);
  }

  /**
   * Adds a run that started no later than those before it.
   *
   * @param profile what of it belongs to the window
   */
  void add(RunRecord run, Optional<RunProfile> profile) {
    runs.add(0, run);
    profile.ifPresent(
        rows -> {
          sum.add(rows.whole());
          slices.add(rows);
        });
  }

  /** The runs as they are chosen for a judgement: failed ones apart. */
  ChosenRuns chosen() {
    List<RunRecord> used = runs.stream().filter(run -> !run.failed()).toList();
    Profile profile = sum == null ? null : sum.profile();
    return new ChosenRuns(used, List.of(), runs.size() - used.size(), profile, slices);
  }

  /** Whether none of its runs is one of those. */
  boolean isBefore(Set<String> ids) {
    return runs.stream().noneMatch(run -> ids.contains(run.id()));
  }

  SliceSums slices() {
    return slices;
  }

  String label() {
    return label;
  }

  Instant start() {
    return start;
  }

  /** When the window ends, or its last run did. */
  Instant end() {
    return end.orElseGet(
        () -> runs.stream().map(RunRecord::finished).max(Comparator.naturalOrder()).orElse(start));
  }

  String digest() {
    return digest;
  }

  /** Oldest first, without their profiles. */
  List<RunRecord> runs() {
    return runs;
  }

  /** The bundle's baseline; empty when the bundle is gone. */
  Optional<Profile> baseline() {
    return baseline;
  }
}
