package dev.mlctl.monitor;

import dev.mlctl.error.Failure;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What labels tell of the windows of the past. */
final class WindowMetrics {
  /**
   * A window's metrics.
   *
   * @param rows how many of its predictions have a label
   * @param metrics by name
   */
  record Measured(long rows, Map<String, Estimate> metrics) {}

  private WindowMetrics() {}

  /**
   * The metrics of those windows of the judged bundle whose predictions are still there and have
   * labels. There are none of a window some of whose files are gone, or one of whose runs is in
   * other windows, too: its rows do not say which of them are the window's.
   */
  static Map<Window, Measured> of(MonitorSpec spec, Subject subject, List<Window> windows) {
    IdentityHashMap<Window, Measured> measured = new IdentityHashMap<>();
    if (spec.labels().isEmpty()) {
      return measured;
    }
    Map<String, Long> windowsOf =
        windows.stream()
            .flatMap(window -> window.runs().stream())
            .collect(Collectors.groupingBy(RunRecord::id, Collectors.counting()));
    List<Window> wanted = new ArrayList<>();
    List<RunRecord> runs = new ArrayList<>();
    for (Window window : windows) {
      List<RunRecord> used = window.chosen().used();
      boolean whole = used.stream().allMatch(run -> windowsOf.get(run.id()) == 1);
      if (window.digest().equals(subject.digest()) && whole && areThere(used)) {
        wanted.add(window);
        runs.addAll(used);
      }
    }
    if (runs.isEmpty()) {
      return measured;
    }
    LabelJoin.Joined joined = LabelJoin.of(subject.bundle().signature(), spec.labels().get(), runs);
    int first = 0;
    for (Window window : wanted) {
      int from = first;
      int to = first + window.chosen().used().size();
      long rows = 0;
      for (int run = from; run < to; run++) {
        rows += joined.labelled()[run];
      }
      measured.put(
          window, new Measured(rows, LabelGroups.window(joined, r -> from <= r && r < to)));
      first = to;
    }
    return measured;
  }

  private static boolean areThere(List<RunRecord> runs) {
    try {
      return runs.stream()
          .flatMap(run -> ScoredFiles.of(run).stream())
          .allMatch(file -> Files.isReadable(file.path()));
    } catch (Failure e) {
      return false;
    }
  }

  /** What they come to, held against the metrics at training. */
  static List<Finding> findings(MonitorSpec spec, Map<String, Double> atTraining, Measured now) {
    List<Finding> findings = new ArrayList<>();
    if (now.rows() >= spec.minRows()) {
      now.metrics()
          .forEach(
              (metric, estimate) -> {
                Double before = atTraining.get(metric);
                if (before != null) {
                  findings.add(Performance.finding(spec, metric, before, estimate, now.rows(), ""));
                }
              });
    }
    return findings;
  }
}
