package dev.mlctl.data;

import java.io.Serializable;
import java.util.Objects;

/**
 * What the values of a column mean, and how a {@link RowBatch} holds them. Immutable.
 *
 * @param size of {@link Meaning#INTEGER}, {@link Meaning#UNSIGNED} and {@link Meaning#FLOAT} the
 *     bits, of decimals the digits in all, of {@link Meaning#BYTES} the length of every value or 0
 *     when it varies; 0 for all others
 * @param scale of decimals how many of the digits follow the point; 0 for all others
 * @param unit of times and timestamps what is counted; null for all others
 * @param utc whether times and timestamps are instants in UTC rather than local ones without zone
 */
public record ColumnType(Meaning meaning, int size, int scale, Unit unit, boolean utc)
    implements Serializable {
  /** How a batch holds the values of a column. */
  public enum Holding {
    /** Slices of the file as they stand in it, quotes and escapes included; empty when absent. */
    RAW,
    /** Slices of well-formed UTF-8 that are the values, with a flag for null. */
    UTF8,
    /** Longs, with a flag for null. */
    LONGS,
    /** Doubles, with a flag for null. */
    DOUBLES,
    /** Slices of any bytes, with a flag for null. */
    BYTES
  }

  /** What the values are. */
  public enum Meaning {
    /** A field of a text format; what it is its text must tell. */
    FIELD(Holding.RAW),
    /** A text. */
    STRING(Holding.UTF8),
    /** 0 or 1. */
    BOOLEAN(Holding.LONGS),
    /** A signed whole number. */
    INTEGER(Holding.LONGS),
    /** A whole number of which 64 bits are to be read without sign. */
    UNSIGNED(Holding.LONGS),
    /** A number of less precision than a double, widened exactly. */
    FLOAT(Holding.DOUBLES),
    /** A number. */
    DOUBLE(Holding.DOUBLES),
    /** A whole number of at most 18 digits that stands for itself times 10^−scale. */
    DECIMAL(Holding.LONGS),
    /** The same with any number of digits: two's complement, most significant byte first. */
    BIG_DECIMAL(Holding.BYTES),
    /** Days since 1970-01-01. */
    DATE(Holding.LONGS),
    /** Units since midnight. */
    TIME(Holding.LONGS),
    /** Units since 1970-01-01T00:00. */
    TIMESTAMP(Holding.LONGS),
    /**
     * 12 bytes, least significant first: the nanosecond of the day (8), the Julian day (4). What
     * Parquet calls INT96.
     */
    JULIAN_TIMESTAMP(Holding.BYTES),
    /** 16 bytes, most significant first. */
    UUID(Holding.BYTES),
    /** Whatever else. */
    BYTES(Holding.BYTES);

    private final Holding holding;

    Meaning(Holding holding) {
      this.holding = holding;
    }
  }

  /** What times and timestamps count. */
  public enum Unit {
    /** Thousandths of a second. */
    MILLIS(1_000_000),
    /** Millionths of a second. */
    MICROS(1_000),
    /** Billionths of a second. */
    NANOS(1);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    /** Nanoseconds in one of them. */
    public long nanos() {
      return nanos;
    }
  }

  /** A field of a text format. */
  public static final ColumnType FIELD = of(Meaning.FIELD, 0);

  /** A text. */
  public static final ColumnType STRING = of(Meaning.STRING, 0);

  /** True or false. */
  public static final ColumnType BOOLEAN = of(Meaning.BOOLEAN, 0);

  /** A double. */
  public static final ColumnType DOUBLE = of(Meaning.DOUBLE, 0);

  /** A date. */
  public static final ColumnType DATE = of(Meaning.DATE, 0);

  /** A UUID. */
  public static final ColumnType UUID = of(Meaning.UUID, 0);

  /** A timestamp in 12 bytes. */
  public static final ColumnType JULIAN_TIMESTAMP = of(Meaning.JULIAN_TIMESTAMP, 0);

  /** Checks that there is a meaning. */
  public ColumnType {
    Objects.requireNonNull(meaning, "meaning");
  }

  /** A signed whole number of so many bits. */
  public static ColumnType integer(int bits) {
    return of(Meaning.INTEGER, bits);
  }

  /** An unsigned whole number of so many bits. */
  public static ColumnType unsigned(int bits) {
    return of(Meaning.UNSIGNED, bits);
  }

  /** A floating-point number of so many bits, 16 or 32. */
  public static ColumnType floating(int bits) {
    return of(Meaning.FLOAT, bits);
  }

  /**
   * A decimal held in longs.
   *
   * @param precision digits in all, at most 18
   * @param scale how many of them follow the point
   */
  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Meaning.DECIMAL, precision, scale, null, false);
  }

  /**
   * A decimal held in bytes.
   *
   * @param precision digits in all
   * @param scale how many of them follow the point
   */
  public static ColumnType bigDecimal(int precision, int scale) {
    return new ColumnType(Meaning.BIG_DECIMAL, precision, scale, null, false);
  }

  /** A time of day. */
  public static ColumnType time(Unit unit, boolean utc) {
    return new ColumnType(Meaning.TIME, 0, 0, unit, utc);
  }

  /** A point in time. */
  public static ColumnType timestamp(Unit unit, boolean utc) {
    return new ColumnType(Meaning.TIMESTAMP, 0, 0, unit, utc);
  }

  /** Bytes; length 0 when it varies. */
  public static ColumnType bytes(int length) {
    return of(Meaning.BYTES, length);
  }

  private static ColumnType of(Meaning meaning, int size) {
    return new ColumnType(meaning, size, 0, null, false);
  }

  /** How a batch holds the values. */
  public Holding holding() {
    return meaning.holding;
  }

  /** Whether a number feature can be read from such a column without looking at texts. */
  public boolean isNumber() {
    return switch (meaning) {
      case INTEGER, UNSIGNED, FLOAT, DOUBLE, DECIMAL, BIG_DECIMAL -> true;
      default -> false;
    };
  }

  /** Whether a date feature can be read from such a column without looking at texts. */
  public boolean isDate() {
    return switch (meaning) {
      case DATE, TIMESTAMP, JULIAN_TIMESTAMP -> true;
      default -> false;
    };
  }
}
