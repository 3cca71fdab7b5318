package dev.mlctl.data;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Equal windows of time, aligned to UTC: those of seconds and days count from 1970-01-01T00:00Z,
 * whole weeks start on Mondays, months and years on their first day. Immutable.
 *
 * @param text as ISO 8601 writes it: {@code PT1H}, {@code P1D}, {@code P7D}, {@code P1M}
 * @param months how many months; 0 for a window of seconds
 * @param seconds how many seconds; 0 for a window of months
 */
public record TimeWindow(String text, int months, long seconds) implements Serializable {
  private static final long DAY = 86_400;
  private static final long WEEK = 7 * DAY;
  private static final long FIRST_MONDAY = 4 * DAY;

  /** Checks that it is one of the two. */
  public TimeWindow {
    if (months < 0 || seconds < 0 || (months == 0) == (seconds == 0)) {
      throw new IllegalArgumentException("not a window of time: " + text);
    }
  }

  /**
   * Reads a duration or a period.
   *
   * @throws IllegalArgumentException when it is neither, or not longer than nothing, or has months
   *     beside days, or parts of a second
   */
  public static TimeWindow parse(String text) {
    try {
      if (text.contains("T")) {
        Duration duration = Duration.parse(text);
        boolean whole = duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
        return new TimeWindow(text, 0, whole ? duration.toSeconds() : -1);
      }
      Period period = Period.parse(text);
      long months = period.toTotalMonths();
      long seconds = period.get(ChronoUnit.DAYS) * DAY;
      return new TimeWindow(text, Math.toIntExact(months), seconds);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a window of time: " + text, e);
    }
  }

  /** When the window starts that a moment is in; both in seconds since 1970-01-01T00:00Z. */
  long start(long second) {
    if (months == 0) {
      long offset = seconds % WEEK == 0 ? FIRST_MONDAY : 0;
      return Math.floorDiv(second - offset, seconds) * seconds + offset;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
    long month = Math.floorDiv(date.getYear() * 12L + date.getMonthValue() - 1, months) * months;
    return firstOf(month);
  }

  /** When the window after one starts. */
  long next(long start) {
    if (months == 0) {
      return start + seconds;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(start, DAY));
    return firstOf(date.getYear() * 12L + date.getMonthValue() - 1 + months);
  }

  private static long firstOf(long month) {
    int year = (int) Math.floorDiv(month, 12L);
    return LocalDate.of(year, (int) Math.floorMod(month, 12L) + 1, 1).toEpochDay() * DAY;
  }

  /** When the window ends that starts then. */
  public Instant end(Instant start) {
    return Instant.ofEpochSecond(next(start.getEpochSecond()));
  }

  /** When the window starts that a moment is in. */
  public Instant start(Instant moment) {
    return Instant.ofEpochSecond(start(moment.atOffset(ZoneOffset.UTC).toEpochSecond()));
  }
}
