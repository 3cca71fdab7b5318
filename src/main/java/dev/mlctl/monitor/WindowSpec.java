package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How runs are put together over time, and how often something must be amiss before it counts.
 *
 * @param every how long a window is; empty when each run is a window of its own
 * @param last how many windows are looked at, 1 to {@link #MOST}
 * @param breach so many of the newest {@code of} windows must breach a threshold
 * @param of from {@code breach} to {@code last}
 */
public record WindowSpec(Optional<WindowLength> every, int last, int breach, int of) {
  /** More windows than this nobody can look at. */
  public static final int MOST = 1000;

  /** Each run a window, thirty of them, and one breach is enough. */
  static final WindowSpec DEFAULT = new WindowSpec(Optional.empty(), 30, 1, 1);

  private static final String RUN = "run";

  /** Checks the numbers. */
  public WindowSpec {
    Objects.requireNonNull(every, "every");
    if (breach < 1 || of < breach || last < of || last > MOST) {
      throw new IllegalArgumentException(breach + " of " + of + " of the last " + last);
    }
  }

  static Shape shape() {
    return Shape.object(
        Key.optional(
            "by",
            Shape.text(),
            RUN,
            "What a window is: \"run\", or a length of time such as P1D, PT1H or P1M, in UTC."),
        Key.optional(
            "last", Shape.integer(1, MOST), (long) DEFAULT.last(), "How many windows to look at."),
        Key.optional(
            "breach",
            Shape.integer(1, MOST),
            (long) DEFAULT.breach(),
            "A threshold is breached when it is in so many windows"),
        Key.optional(
            "of",
            Shape.integer(1, MOST),
            "of the newest so many; as many as breach if not given."));
  }

  static WindowSpec from(Settings settings, List<Problem> faults) {
    Optional<WindowLength> every = Optional.empty();
    String by = settings.text("by");
    try {
      every = by.equals(RUN) ? every : Optional.of(WindowLength.parse(by));
    } catch (DateTimeException e) {
      faults.add(
          settings
              .problem("by", "\"" + by + "\" is no length of time: " + e.getMessage())
              .hint("write run, PT1H, P1D, P7D or P1M"));
    }
    int breach = settings.integer("breach");
    int of = settings.has("of") ? settings.integer("of") : breach;
    int last = Math.max(of, settings.integer("last"));
    return breachIn(settings, breach, of, faults)
        ? new WindowSpec(every, last, breach, of)
        : DEFAULT;
  }

  /** Whether so many of so many is possible; a fault otherwise. */
  static boolean breachIn(Settings settings, int breach, int of, List<Problem> faults) {
    if (breach > of) {
      faults.add(
          settings.problem(
              settings.has("of") ? "of" : "breach",
              "%d of %d windows can never breach".formatted(breach, of)));
    }
    return breach <= of;
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    return Map.of("by", every.map(WindowLength::toString).orElse(RUN), "last", last);
  }
}
