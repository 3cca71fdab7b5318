package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.data.TimeWindow;
import dev.mlctl.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How runs are put together over time, and how often something must be amiss before it counts.
 *
 * @param by what a window is
 * @param every how long a window is, if it is one of {@link By#TIME}
 * @param last how many windows are looked at, 1 to {@link #MOST}
 * @param breach so many of the newest {@code of} windows must breach a threshold
 * @param of from {@code breach} to {@code last}
 */
public record WindowSpec(By by, Optional<TimeWindow> every, int last, int breach, int of) {
  /** What a window is. */
  public enum By {
    /** A run. */
    RUN,
    /** The runs that started in some time. */
    TIME,
    /** The rows of some time, as score counted them by the rows' own times. */
    EVENT
  }

  /** More windows than this nobody can look at. */
  public static final int MOST = 1000;

  /** Each run a window, thirty of them, and one breach is enough. */
  static final WindowSpec DEFAULT = new WindowSpec(By.RUN, Optional.empty(), 30, 1, 1);

  private static final String RUN = "run";
  private static final String EVENT = "event";

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
            "What a window is: \"run\"; a time runs started in such as P1D, PT1H or P1M, in UTC; or"
                + " \"event\", the time of the rows as score.yaml has it under profile."),
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
    Optional<TimeWindow> every = Optional.empty();
    String text = settings.text("by");
    By by = text.equals(RUN) ? By.RUN : text.equals(EVENT) ? By.EVENT : By.TIME;
    try {
      every = by == By.TIME ? Optional.of(TimeWindow.parse(text)) : every;
    } catch (IllegalArgumentException e) {
      faults.add(
          settings
              .problem("by", "\"" + text + "\" is no length of time")
              .hint("write run, event, PT1H, P1D, P7D or P1M"));
    }
    int breach = settings.integer("breach");
    int of = settings.has("of") ? settings.integer("of") : breach;
    int last = Math.max(of, settings.integer("last"));
    return breachIn(settings, breach, of, faults)
        ? new WindowSpec(by, every, last, breach, of)
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
    return Map.of(
        "by", every.map(TimeWindow::text).orElse(by == By.EVENT ? EVENT : RUN), "last", last);
  }
}
