package dev.mlctl.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Dates and times in ASCII as ISO 8601 writes them, without an object per value. Years have at
 * least four digits, and a sign when they have more or are before 0; seconds are always there.
 */
final class TimeText {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  private TimeText() {}

  /** From days to the proleptic Gregorian date; see {@link java.time.LocalDate#ofEpochDay}. */
  static int date(long epochDay, byte[] into, int at) {
    long fromMarch = epochDay + 719_468; // days since 0000-03-01
    long era = Math.floorDiv(fromMarch, 146_097L);
    long dayOfEra = fromMarch - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long month = (5 * dayOfYear + 2) / 153; // from March
    long day = dayOfYear - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int p = at;
    if (year < 0) {
      into[p++] = '-';
    } else if (year > 9999) {
      into[p++] = '+';
    }
    year = Math.abs(year);
    p = year > 9999 ? ValueText.digits(year, into, p) : ValueText.padded(year, 4, into, p);
    into[p++] = '-';
    p = ValueText.padded(month, 2, into, p);
    into[p++] = '-';
    return ValueText.padded(day, 2, into, p);
  }

  static int time(ColumnType type, long value, byte[] into, int at) {
    long perDay = NANOS_PER_DAY / type.unit().nanos();
    if (value < 0 || value >= perDay) {
      return ValueText.digits(value, into, at); // no time of day: what stands there
    }
    return zone(type, into, timeOfDay(value * type.unit().nanos(), into, at));
  }

  static int timestamp(ColumnType type, long value, byte[] into, int at) {
    long perDay = NANOS_PER_DAY / type.unit().nanos();
    long nanos = Math.floorMod(value, perDay) * type.unit().nanos();
    return zone(type, into, dateTime(Math.floorDiv(value, perDay), nanos, into, at));
  }

  private static int zone(ColumnType type, byte[] into, int at) {
    into[at] = 'Z';
    return type.utc() ? at + 1 : at;
  }

  private static int dateTime(long day, long nanoOfDay, byte[] into, int at) {
    long within = Math.floorMod(nanoOfDay, NANOS_PER_DAY);
    int p = date(day + Math.floorDiv(nanoOfDay, NANOS_PER_DAY), into, at);
    into[p++] = 'T';
    return timeOfDay(within, into, p);
  }

  /** Hours to seconds, and a fraction of 3, 6 or 9 digits where there is one. */
  private static int timeOfDay(long nanoOfDay, byte[] into, int at) {
    long second = nanoOfDay / 1_000_000_000;
    int p = ValueText.padded(second / 3600, 2, into, at);
    into[p++] = ':';
    p = ValueText.padded(second / 60 % 60, 2, into, p);
    into[p++] = ':';
    p = ValueText.padded(second % 60, 2, into, p);
    long fraction = nanoOfDay % 1_000_000_000;
    if (fraction == 0) {
      return p;
    }
    into[p++] = '.';
    if (fraction % 1_000_000 == 0) {
      return ValueText.padded(fraction / 1_000_000, 3, into, p);
    }
    return fraction % 1000 == 0
        ? ValueText.padded(fraction / 1000, 6, into, p)
        : ValueText.padded(fraction, 9, into, p);
  }

  /** The date and time of a {@link ColumnType.Meaning#JULIAN_TIMESTAMP}. */
  static int julian(byte[] bytes, int start, byte[] into, int at) {
    ByteBuffer value = littleEndian(bytes, start);
    long nanos = value.getLong();
    return dateTime(value.getInt() - JULIAN_DAY_OF_EPOCH, nanos, into, at);
  }

  /** Days since 1970-01-01, with fraction, of a {@link ColumnType.Meaning#JULIAN_TIMESTAMP}. */
  static double julianDays(byte[] bytes, int start) {
    ByteBuffer value = littleEndian(bytes, start);
    double fraction = value.getLong() / (double) NANOS_PER_DAY;
    return value.getInt() - JULIAN_DAY_OF_EPOCH + fraction;
  }

  /** Days since 1970-01-01, with fraction. */
  static double days(ColumnType type, long timestamp) {
    long perDay = NANOS_PER_DAY / type.unit().nanos();
    return Math.floorDiv(timestamp, perDay) + Math.floorMod(timestamp, perDay) / (double) perDay;
  }

  private static ByteBuffer littleEndian(byte[] bytes, int start) {
    return ByteBuffer.wrap(bytes, start, 12).order(ByteOrder.LITTLE_ENDIAN);
  }
}
