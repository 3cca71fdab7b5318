package dev.mlctl.monitor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A length of time that a calendar can be cut into, in UTC: so many months, counted from January
 * 1970; so many days, counted from Monday, 5 January 1970, so that weeks begin on Mondays; or so
 * many seconds, counted from the epoch. Exactly one of the three is positive, the others are zero.
 */
record WindowLength(int months, int days, Duration time) {
  private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);

  /**
   * Reads ISO 8601: {@code P1M}, {@code P7D}, {@code PT1H}.
   *
   * @throws DateTimeException when it is none, mixes months with days or time, or is not positive
   */
  static WindowLength parse(String text) {
    boolean timed = text.contains("T");
    Period period = timed ? Period.ZERO : Period.parse(text);
    Duration time = timed ? Duration.parse(text) : Duration.ZERO;
    long months = period.toTotalMonths();
    int days = (int) period.get(ChronoUnit.DAYS);
    boolean positive = months >= 0 && days >= 0 && time.toMillis() >= 0;
    int parts = (months > 0 ? 1 : 0) + (days > 0 ? 1 : 0) + (timed ? 1 : 0);
    if (!positive || parts != 1 || (timed && time.toSeconds() < 1)) {
      throw new DateTimeException("expected months, days or a time, one of them and above zero");
    }
    return new WindowLength((int) months, days, time);
  }

  /** When the window begins that a moment is in. */
  Instant start(Instant moment) {
    LocalDate date = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    if (months > 0) {
      int index = Math.floorDiv(date.getYear() * 12 + date.getMonthValue() - 1 - 1970 * 12, months);
      return midnight(LocalDate.of(1970, 1, 1).plusMonths((long) index * months));
    } else if (days > 0) {
      long index = Math.floorDiv(date.toEpochDay() - MONDAY.toEpochDay(), days);
      return midnight(MONDAY.plusDays(index * days));
    }
    long length = time.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length) * length);
  }

  /** When the window that begins at a moment ends. */
  Instant end(Instant start) {
    LocalDate date = LocalDate.ofInstant(start, ZoneOffset.UTC);
    if (months > 0) {
      return midnight(date.plusMonths(months));
    }
    return days > 0 ? midnight(date.plusDays(days)) : start.plusSeconds(time.toSeconds());
  }

  /** How a window is called that begins at a moment: the month, the day or the minute. */
  String label(Instant start) {
    int length = months > 0 ? "2026-01".length() : "2026-01-01".length();
    String text = start.toString();
    return days > 0 || months > 0 ? text.substring(0, length) : text.replaceFirst(":00Z$", "Z");
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Override
  public String toString() {
    return months > 0 ? "P" + months + "M" : days > 0 ? "P" + days + "D" : time.toString();
  }
}
