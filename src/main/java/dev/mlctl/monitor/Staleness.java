package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import dev.mlctl.monitor.Finding.About;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a release is scored with as often as it should be. */
final class Staleness {
  static final String STATISTIC = "staleness";

  private static final String KEY = "expected_every";
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(3660);
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private Staleness() {}

  static Key key() {
    return Key.optional(
        KEY, Shape.text(), "How often the release is scored with, such as PT24H; unknown if not.");
  }

  static Optional<Duration> read(Settings settings, List<Problem> faults) {
    if (!settings.has(KEY)) {
      return Optional.empty();
    }
    String text = settings.text(KEY);
    try {
      Duration every = Duration.parse(text);
      if (every.compareTo(LEAST) >= 0 && every.compareTo(MOST) <= 0) {
        return Optional.of(every);
      }
    } catch (DateTimeException notOne) {
      // It is a fault like one that is too short.
    }
    faults.add(
        settings
            .problem(KEY, "\"" + text + "\" is no time from a second to ten years")
            .hint("write PT1H or P1D"));
    return Optional.empty();
  }

  /**
   * The time since the release last did something, as a multiple of what is expected. It did when a
   * run of it ended well, whichever runs are judged, and when it became the release: a rollback may
   * bring one back that was away for a year. Empty when nothing is expected, of a release that is
   * not the one in use any more, and of one of which nothing is known.
   */
  static Optional<Finding> of(
      MonitorSpec spec, Subject subject, Records records, List<Window> windows, Clock clock) {
    if (spec.expectedEvery().isEmpty() || records.isReplaced(subject.digest())) {
      return Optional.empty();
    }
    Optional<RunRecord> last = lastRun(subject, records, windows, clock);
    Optional<Instant> released = records.inUseSince(subject.digest());
    Optional<Instant> ended = last.map(RunRecord::finished);
    boolean byRun = ended.isPresent() && ended.get().isAfter(released.orElse(Instant.MIN));
    String since = byRun ? "run " + last.get().id() + " ended" : "it became the release";
    return (byRun ? ended : released)
        .map(from -> finding(spec, Duration.between(from, clock.instant()), since));
  }

  private static Finding finding(MonitorSpec spec, Duration age, String since) {
    Threshold threshold = spec.threshold(STATISTIC);
    double every = spec.expectedEvery().orElseThrow().toMillis();
    double ratio = Math.max(0, age.toMillis()) / every;
    String note =
        "%s hours since %s, where a run is expected every %s"
            .formatted(
                ReportTables.number(Math.max(0, age.toMillis()) / MILLIS_PER_HOUR),
                since,
                ReportTables.number(every / MILLIS_PER_HOUR));
    return new Finding(
        About.RUNS,
        "",
        STATISTIC,
        ratio,
        threshold,
        0,
        0,
        Double.NaN,
        threshold.judge(ratio),
        note);
  }

  /** The newest run of the bundle that did not fail; most often it is in memory already. */
  private static Optional<RunRecord> lastRun(
      Subject subject, Records records, List<Window> windows, Clock clock) {
    Optional<RunRecord> seen =
        windows.stream()
            .filter(window -> window.digest().equals(subject.digest()))
            .flatMap(window -> window.runs().stream())
            .filter(run -> !run.failed())
            .max(Comparator.comparing(RunRecord::finished));
    return seen.isPresent()
        ? seen
        : RunChoice.of(new RunSelection.Last(1), Set.of(), subject, records, clock).used().stream()
            .findFirst();
  }
}
