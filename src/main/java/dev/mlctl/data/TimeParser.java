package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Seconds since 1970-01-01T00:00Z of ISO 8601 dates and date-times, with {@code T} or a space
 * between the two. A time without zone is one in UTC. The common forms are read without an object
 * per value; whatever else there is, java.time reads.
 */
final class TimeParser {
  /** What is returned for a text that is no time. */
  static final long NONE = Long.MIN_VALUE;

  private static final long DAY = 86_400;
  private static final int DATE_LENGTH = 10;
  private static final int LONGEST = 64;

  private TimeParser() {}

  static long seconds(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < DATE_LENGTH || length > LONGEST) {
      return length > LONGEST || length == 0 ? NONE : any(bytes, start, end);
    }
    long day = day(bytes, start);
    if (day == NONE) {
      return any(bytes, start, end);
    }
    if (length == DATE_LENGTH) {
      return day * DAY;
    }
    int hours = pair(bytes, start + 11, end, 23);
    int minutes = length >= 16 ? pair(bytes, start + 14, end, 59) : -1;
    boolean plain = length == 19 || (length == 20 && bytes[end - 1] == 'Z');
    int seconds = plain ? pair(bytes, start + 17, end, 59) : length == 16 ? 0 : -1;
    byte between = bytes[start + DATE_LENGTH];
    boolean marks =
        (between == 'T' || between == ' ')
            && length >= 16
            && bytes[start + 13] == ':'
            && (length == 16 || bytes[start + 16] == ':');
    if (!marks || hours < 0 || minutes < 0 || seconds < 0) {
      return any(bytes, start, end);
    }
    return day * DAY + hours * 3600L + minutes * 60L + seconds;
  }

  private static long day(byte[] bytes, int at) {
    int century = pair(bytes, at, at + 2, 99);
    int ofCentury = pair(bytes, at + 2, at + 4, 99);
    int month = pair(bytes, at + 5, at + 7, 12);
    int day = pair(bytes, at + 8, at + 10, 31);
    boolean marks = bytes[at + 4] == '-' && bytes[at + 7] == '-';
    if (!marks || century < 0 || ofCentury < 0 || month < 1 || day < 1) {
      return NONE;
    }
    int year = century * 100 + ofCentury;
    boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int longest = month == 2 ? (leap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
    return day > longest ? NONE : epochDay(year, month, day);
  }

  /** As {@link LocalDate#toEpochDay}; years count from March, so that a leap day comes last. */
  private static long epochDay(int year, int month, int day) {
    int fromMarch = month > 2 ? month - 3 : month + 9;
    int y = month > 2 ? year : year - 1;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * fromMarch + 2) / 5 + day - 1;
    return era * 146_097L
        + yearOfEra * 365L
        + yearOfEra / 4
        - yearOfEra / 100
        + dayOfYear
        - 719_468;
  }

  /** Two digits; -1 when they are none, or more than they may be. */
  private static int pair(byte[] bytes, int at, int end, int most) {
    if (at + 2 > end) {
      return -1;
    }
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    boolean digits = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return digits && tens * 10 + ones <= most ? tens * 10 + ones : -1;
  }

  private static long any(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8).replace(' ', 'T');
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).toEpochDay() * DAY;
      }
      int zone = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
      return text.endsWith("Z") || zone > text.indexOf('T')
          ? OffsetDateTime.parse(text).toEpochSecond()
          : LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return NONE;
    }
  }
}
