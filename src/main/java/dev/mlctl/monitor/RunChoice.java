package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses the runs to judge, from the newest back. */
final class RunChoice {
  /** Clocks of machines differ; no run of a bundle is this much older than its first release. */
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  private static final int FEW = 30;

  private final String digest;
  private final RunReader reader;
  private final Instant earliest;

  private final ProfileSum sum;
  private final SliceSums slices;

  /** Newest first. */
  private final List<RunRecord> chosen = new ArrayList<>();

  private RunChoice(RunSelection selection, Set<String> wanted, Subject subject, Records records) {
    this.digest = subject.digest();
    this.reader = new RunReader(subject, records);
    Profile baseline = subject.bundle().baseline();
    this.slices = new SliceSums(wanted, baseline);
    this.sum =
        isOfFew(selection) ? ProfileSum.withSketches(baseline) : ProfileSum.ofCounts(baseline);
    this.earliest =
        records.released(digest).map(released -> released.minus(CLOCKS_DIFFER)).orElse(Instant.MIN);
  }

  /** Sketches are for looking at, and take a hundred times as long to add up as counts. */
  private static boolean isOfFew(RunSelection selection) {
    return selection instanceof RunSelection.Named
        || (selection instanceof RunSelection.Last last && last.count() <= FEW);
  }

  /**
   * The runs of a selection.
   *
   * @param slices the slices that are asked for
   * @throws Failure of kind NOT_FOUND when a named run does not exist, USAGE when it is of another
   *     bundle, INVALID when a record is damaged
   */
  static ChosenRuns of(
      RunSelection selection, Set<String> slices, Subject subject, Records records, Clock clock) {
    RunChoice choice = new RunChoice(selection, slices, subject, records);
    if (selection instanceof RunSelection.Named named) {
      choice.named(named.ids());
    } else if (selection instanceof RunSelection.Within within) {
      choice.since(clock.instant().minus(within.age()));
    } else if (selection instanceof RunSelection.Since since) {
      choice.since(since.start());
    } else {
      choice.last(((RunSelection.Last) selection).count());
    }
    return choice.split();
  }

  private ChosenRuns split() {
    List<RunRecord> used = new ArrayList<>();
    List<LeftOutRun> leftOut = new ArrayList<>();
    int failed = 0;
    Collections.reverse(chosen);
    for (RunRecord run : chosen) {
      if (!run.digest().equals(digest)) {
        leftOut.add(
            new LeftOutRun(run.id(), "scored with another bundle, " + shortened(run.digest())));
      } else if (run.failed()) {
        failed++;
        leftOut.add(new LeftOutRun(run.id(), "failed"));
      } else {
        used.add(run);
      }
    }
    return new ChosenRuns(used, leftOut, failed, sum.profile(), slices);
  }

  private void since(Instant start) {
    while (reader.hasNext()) {
      RunReader.Loaded loaded = reader.next().required();
      if (loaded.run().started().isBefore(start)) {
        return;
      }
      choose(loaded);
    }
  }

  /** Its profile is added to the sum and forgotten, for there may be thousands. */
  private void choose(RunReader.Loaded loaded) {
    chosen.add(loaded.run());
    if (loaded.run().digest().equals(digest)) {
      loaded
          .profile()
          .ifPresent(
              rows -> {
                sum.add(rows.whole());
                slices.add(rows);
              });
    }
  }

  /**
   * Back to the count-th usable run of the bundle, or to its first run when there are fewer; runs
   * of other bundles in between are in the window, those before it are not.
   */
  private void last(int count) {
    List<RunRecord> passed = new ArrayList<>();
    int usable = 0;
    while (usable < count && reader.hasNext()) {
      RunReader.Loaded loaded = reader.next().required();
      if (loaded.run().started().isBefore(earliest)) {
        break;
      }
      if (loaded.run().digest().equals(digest)) {
        chosen.addAll(passed);
        passed.clear();
        choose(loaded);
        usable += loaded.run().failed() ? 0 : 1;
      } else {
        passed.add(loaded.run());
      }
    }
    if (chosen.isEmpty()) {
      chosen.addAll(passed.subList(0, Math.min(count, passed.size())));
    }
  }

  private void named(List<String> wanted) {
    List<String> ids = reader.ids();
    Set<String> known = new HashSet<>(ids);
    for (String id : wanted) {
      if (!known.contains(id)) {
        throw Failure.of(FailureKind.NOT_FOUND, "no run %s", id)
            .hint(
                ids.isEmpty()
                    ? "no run was recorded yet"
                    : "the newest is " + ids.get(ids.size() - 1));
      }
    }
    List<String> newestFirst = new ArrayList<>(ids);
    newestFirst.retainAll(new HashSet<>(wanted));
    Collections.reverse(newestFirst);
    for (RunReader.Loaded loaded : reader.load(newestFirst)) {
      requireOwn(loaded.required().run());
      choose(loaded);
    }
  }

  private void requireOwn(RunRecord run) {
    if (!run.digest().equals(digest)) {
      throw Failure.of(
              FailureKind.USAGE,
              "run %s was scored with bundle %s, not with %s of the release to judge",
              run.id(),
              shortened(run.digest()),
              shortened(digest))
          .hint("name the release that scored it, such as bikes@prod#3");
    }
  }

  private static String shortened(String digest) {
    return digest.length() <= 12 ? digest : digest.substring(0, 12);
  }
}
