package dev.mlctl.monitor;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The runs that are compared, and those of the same time that are not.
 *
 * @param used oldest first: of the release's bundle, and not failed
 * @param leftOut the others in the window, oldest first
 * @param failed how many of those left out failed with the release's bundle
 */
record ChosenRuns(List<RunRecord> used, List<LeftOutRun> leftOut, int failed) {
  private static final Comparator<RunRecord> BY_TIME =
      Comparator.comparing(RunRecord::started).thenComparing(RunRecord::id);

  static ChosenRuns of(
      RunSelection selection, String digest, List<Map<String, Object>> records, Clock clock) {
    List<RunRecord> runs = records.stream().map(RunRecord::from).sorted(BY_TIME).toList();
    if (selection instanceof RunSelection.Named named) {
      return split(named(named, digest, runs), digest);
    } else if (selection instanceof RunSelection.Within within) {
      return split(since(clock.instant().minus(within.age()), runs), digest);
    } else if (selection instanceof RunSelection.Since since) {
      return split(since(since.start(), runs), digest);
    }
    return split(last(((RunSelection.Last) selection).count(), digest, runs), digest);
  }

  private static ChosenRuns split(List<RunRecord> window, String digest) {
    List<RunRecord> used = new ArrayList<>();
    List<LeftOutRun> leftOut = new ArrayList<>();
    int failed = 0;
    for (RunRecord run : window) {
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
    return new ChosenRuns(List.copyOf(used), List.copyOf(leftOut), failed);
  }

  private static List<RunRecord> since(Instant start, List<RunRecord> runs) {
    return runs.stream().filter(run -> !run.started().isBefore(start)).toList();
  }

  /**
   * Back to the count-th usable run of the bundle, or to its first run when there are fewer; runs
   * of other bundles in between are in the window, those before it are not.
   */
  private static List<RunRecord> last(int count, String digest, List<RunRecord> runs) {
    int left = count;
    int from = Math.max(0, runs.size() - count);
    for (int i = runs.size() - 1; i >= 0 && left > 0; i--) {
      RunRecord run = runs.get(i);
      if (run.digest().equals(digest)) {
        from = i;
        left -= run.failed() ? 0 : 1;
      }
    }
    return runs.subList(from, runs.size());
  }

  private static List<RunRecord> named(
      RunSelection.Named named, String digest, List<RunRecord> runs) {
    Map<String, RunRecord> byId = new TreeMap<>();
    runs.forEach(run -> byId.put(run.id(), run));
    Set<String> wanted = new HashSet<>(named.ids());
    for (String id : named.ids()) {
      RunRecord run = byId.get(id);
      if (run == null) {
        throw Failure.of(FailureKind.NOT_FOUND, "no run %s", id)
            .hint(byId.isEmpty() ? "no run was recorded yet" : "the newest is " + newest(runs));
      } else if (!run.digest().equals(digest)) {
        throw Failure.of(
                FailureKind.USAGE,
                "run %s was scored with bundle %s, not with %s of the release to judge",
                id,
                shortened(run.digest()),
                shortened(digest))
            .hint("name the release that scored it, such as bikes@prod#3");
      }
    }
    return runs.stream().filter(run -> wanted.contains(run.id())).toList();
  }

  private static String newest(List<RunRecord> runs) {
    return runs.get(runs.size() - 1).id();
  }

  private static String shortened(String digest) {
    return digest.length() <= 12 ? digest : digest.substring(0, 12);
  }
}
