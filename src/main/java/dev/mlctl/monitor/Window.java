package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
  private Profile sum;

  /**
   * A window without runs.
   *
   * @param end when it ends, if that does not depend on its runs
   * @param baseline that of the bundle, if the bundle is there
   */
  Window(
      String label,
      Instant start,
      Optional<Instant> end,
      String digest,
      Optional<Profile> baseline) {
    this.label = label;
    this.start = start;
    this.end = end;
    this.digest = digest;
    this.baseline = baseline;
    this.sum = baseline.map(Profile::emptied).orElse(null);
  }

  /** Adds a run that started no later than those before it. */
  void add(RunReader.Loaded loaded) {
    runs.add(0, loaded.run());
    if (sum != null && loaded.profile().isPresent()) {
      sum = sum.merge(loaded.profile().get());
    }
  }

  /** The runs as they are chosen for a judgement: failed ones apart. */
  ChosenRuns chosen() {
    List<RunRecord> used = runs.stream().filter(run -> !run.failed()).toList();
    return new ChosenRuns(used, List.of(), runs.size() - used.size(), sum);
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
