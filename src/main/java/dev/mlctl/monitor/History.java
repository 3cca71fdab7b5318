package dev.mlctl.monitor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The windows of the past, judged each by itself.
 *
 * @param windows oldest first, those that hold the runs now judged included
 * @param earlier the findings of those windows of the judged bundle that hold none of the runs now
 *     judged, newest first; no more than rules look at
 */
record History(List<WindowReport> windows, List<List<Finding>> earlier) {
  /** So many windows without enough rows may lie between those that rules look at. */
  private static final int PASSED_OVER = 10;

  private record Judged(Window window, List<Finding> findings, WindowReport report) {}

  static History of(
      MonitorSpec spec, Subject subject, List<Window> windows, ChosenRuns chosen, Clock clock) {
    int newest = windows.size() - spec.mostWindows() - PASSED_OVER;
    Map<Window, WindowMetrics.Measured> metrics = WindowMetrics.of(spec, subject, windows);
    List<Judged> judged =
        IntStream.range(0, windows.size())
            .parallel()
            .mapToObj(w -> judged(spec, subject, windows.get(w), metrics, w >= newest, clock))
            .toList();
    Set<String> ids = chosen.ids();
    List<List<Finding>> earlier = new ArrayList<>();
    for (Judged one : judged) {
      boolean own = one.window().digest().equals(subject.digest());
      if (own && one.window().isBefore(ids)) {
        earlier.add(0, one.findings());
      }
    }
    return new History(judged.stream().map(Judged::report).toList(), earlier);
  }

  /** A thousand windows of two hundred columns have more findings than is worth keeping. */
  private static Judged judged(
      MonitorSpec spec,
      Subject subject,
      Window window,
      Map<Window, WindowMetrics.Measured> metrics,
      boolean keep,
      Clock clock) {
    List<Finding> findings = new ArrayList<>(WindowCheck.of(spec, subject, window, clock));
    WindowMetrics.Measured measured =
        metrics.getOrDefault(window, new WindowMetrics.Measured(0, Map.of()));
    findings.addAll(WindowMetrics.findings(spec, subject.bundle().metrics(), measured));
    WindowReport report = WindowCheck.report(spec, window, findings, measured.metrics());
    return new Judged(window, keep ? findings : List.of(), report);
  }
}
