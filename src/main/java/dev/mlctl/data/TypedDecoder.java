package dev.mlctl.data;

import dev.mlctl.data.ColumnType.Meaning;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Feature values from columns with types. Numbers never become text on the way. Not thread-safe.
 *
 * <p>Numbers are read from columns of numbers, dates from columns of dates and timestamps or from
 * ISO texts, categories from texts or, for every other type, from the text the value prints as. A
 * null is missing, and so is a value among the null values and an empty text.
 */
final class TypedDecoder {
  /** The powers of ten that a double holds exactly. */
  private static final int EXACT_POWER = 22;

  private static final long MAX_EXACT = 1L << 53;

  private final Set<String> nullValues;
  private final double[] numericNulls;
  private final byte[] text = new byte[ValueText.LONGEST];

  /**
   * A decoder.
   *
   * @param numericNulls the null values that are numbers
   */
  TypedDecoder(Set<String> nullValues, double[] numericNulls) {
    this.nullValues = nullValues;
    this.numericNulls = numericNulls;
  }

  /** Decodes a number feature; NaN where missing or rejected. */
  void numbers(RowBatch batch, int column, Feature feature, double[] into) {
    ColumnType type = batch.type(column);
    if (!type.isNumber()) {
      rejectAll(batch, column, feature, into);
      return;
    }
    switch (type.holding()) {
      case DOUBLES -> System.arraycopy(batch.doubles(column), 0, into, 0, batch.rows());
      case LONGS -> fromLongs(type, batch.longs(column), batch.rows(), into);
      default -> fromBytes(batch, column, into);
    }
    boolean[] nulls = batch.nulls(column);
    for (int r = 0; r < batch.rows(); r++) {
      if (nulls[r] || !Double.isFinite(into[r]) || mayBeNull(into[r])) {
        into[r] = oddNumber(batch, column, r, feature, into[r]);
      }
    }
  }

  private static void fromLongs(ColumnType type, long[] longs, int rows, double[] into) {
    switch (type.meaning()) {
      case UNSIGNED -> {
        for (int r = 0; r < rows; r++) {
          into[r] = longs[r] >= 0 ? longs[r] : unsigned(longs[r]);
        }
      }
      case DECIMAL -> {
        double divisor = powerOfTen(type.scale());
        for (int r = 0; r < rows; r++) {
          boolean exact = Math.abs(longs[r]) <= MAX_EXACT && type.scale() <= EXACT_POWER;
          into[r] =
              exact ? longs[r] / divisor : BigDecimal.valueOf(longs[r], type.scale()).doubleValue();
        }
      }
      default -> {
        for (int r = 0; r < rows; r++) {
          into[r] = longs[r];
        }
      }
    }
  }

  /** As parsing rounds it, which is exactly where it can be; {@code Math.pow} may be one off. */
  private static double powerOfTen(int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  /** Correctly rounded: the bit that is halved away must not be forgotten. */
  private static double unsigned(long bits) {
    return ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private static void fromBytes(RowBatch batch, int column, double[] into) {
    ColumnType type = batch.type(column);
    byte[] bytes = batch.bytes(column);
    int[] starts = batch.starts(column);
    int[] ends = batch.ends(column);
    double divisor = powerOfTen(type.scale());
    for (int r = 0; r < batch.rows(); r++) {
      int length = ends[r] - starts[r];
      long digits =
          length <= Long.BYTES ? ValueText.bigEndian(bytes, starts[r], ends[r]) : MAX_EXACT;
      into[r] =
          Math.abs(digits) < MAX_EXACT && type.scale() <= EXACT_POWER
              ? digits / divisor
              : ValueText.decimal(type, bytes, starts[r], length).doubleValue();
    }
  }

  private boolean mayBeNull(double value) {
    for (double numericNull : numericNulls) {
      if (value == numericNull) {
        return true;
      }
    }
    return false;
  }

  /** Null, not finite, or equal to a null value that is a number. */
  private double oddNumber(RowBatch batch, int column, int row, Feature feature, double value) {
    if (batch.isRejected(row)) {
      return Double.NaN;
    }
    if (batch.nulls(column)[row]
        || Double.isFinite(value)
        || nullValues.contains(batch.text(column, row))) {
      missing(batch, row, feature);
    } else {
      String shown = FeatureDecoder.shown(batch.text(column, row));
      batch.reject(row, feature.name() + ": " + shown + " is not a finite number");
    }
    return Double.NaN;
  }

  private static void missing(RowBatch batch, int row, Feature feature) {
    if (feature.missing() == MissingPolicy.REJECT) {
      batch.reject(row, feature.name() + " is missing");
    }
  }

  /** A column of another type: only what is missing in it can be used. */
  private void rejectAll(RowBatch batch, int column, Feature feature, double[] into) {
    for (int r = 0; r < batch.rows(); r++) {
      into[r] = Double.NaN;
      if (batch.isRejected(r)) {
        continue;
      }
      String value = batch.text(column, r);
      if (value.isEmpty() || nullValues.contains(value)) {
        missing(batch, r, feature);
      } else {
        boolean isText = batch.type(column).meaning() == Meaning.STRING;
        String reason = isText ? "is text, not a number" : "is not a number";
        batch.reject(r, feature.name() + ": " + FeatureDecoder.shown(value) + " " + reason);
      }
    }
  }

  /** Decodes a date feature to days since 1970-01-01; NaN where missing or rejected. */
  void dates(RowBatch batch, int column, Feature feature, double[] into) {
    ColumnType type = batch.type(column);
    for (int r = 0; r < batch.rows(); r++) {
      into[r] = Double.NaN;
      if (batch.isRejected(r)) {
        continue;
      }
      if (batch.nulls(column)[r]) {
        missing(batch, r, feature);
      } else if (type.isDate() && nullValues.isEmpty()) {
        into[r] = days(batch, column, r);
      } else {
        into[r] = oddDate(batch, column, r, feature);
      }
    }
  }

  private static double days(RowBatch batch, int column, int row) {
    ColumnType type = batch.type(column);
    return switch (type.meaning()) {
      case DATE -> batch.longs(column)[row];
      case TIMESTAMP -> TimeText.days(type, batch.longs(column)[row]);
      default -> TimeText.julianDays(batch.bytes(column), batch.starts(column)[row]);
    };
  }

  private double oddDate(RowBatch batch, int column, int row, Feature feature) {
    String value = batch.text(column, row);
    if (value.isEmpty() || nullValues.contains(value)) {
      missing(batch, row, feature);
      return Double.NaN;
    }
    if (batch.type(column).isDate()) {
      return days(batch, column, row);
    }
    double days =
        batch.type(column).meaning() == Meaning.STRING ? FeatureDecoder.days(value) : Double.NaN;
    if (Double.isNaN(days)) {
      batch.reject(
          row, feature.name() + ": " + FeatureDecoder.shown(value) + " is not an ISO date");
    }
    return days;
  }

  /** Decodes a category feature. */
  void codes(RowBatch batch, int column, Feature feature, Dictionary dictionary, int[] into) {
    ColumnType type = batch.type(column);
    boolean[] nulls = batch.nulls(column);
    for (int r = 0; r < batch.rows(); r++) {
      if (nulls[r] || batch.isRejected(r)) {
        into[r] = FeatureBatch.MISSING;
        if (nulls[r] && !batch.isRejected(r)) {
          missing(batch, r, feature);
        }
        continue;
      }
      int code =
          switch (type.holding()) {
            case UTF8 ->
                dictionary.code(
                    batch.bytes(column), batch.starts(column)[r], batch.ends(column)[r]);
            case LONGS -> code(dictionary, type, batch.longs(column)[r]);
            case DOUBLES -> code(dictionary, batch, column, r);
            default -> dictionary.code(batch.text(column, r));
          };
      into[r] = code >= 0 ? code : oddCategory(batch, column, r, feature);
    }
  }

  private int code(Dictionary dictionary, ColumnType type, long value) {
    return dictionary.code(text, 0, ValueText.put(type, value, text, 0));
  }

  /** Writers that have no whole numbers with nulls make doubles of them: 1.0 also stands for 1. */
  private int code(Dictionary dictionary, RowBatch batch, int column, int row) {
    int code = dictionary.code(batch.text(column, row));
    double value = batch.doubles(column)[row];
    boolean isWhole = value == Math.rint(value) && Math.abs(value) <= MAX_EXACT;
    return code < 0 && isWhole ? code(dictionary, ColumnType.integer(64), (long) value) : code;
  }

  private int oddCategory(RowBatch batch, int column, int row, Feature feature) {
    String value = batch.text(column, row);
    if (value.isEmpty() || nullValues.contains(value)) {
      missing(batch, row, feature);
      return FeatureBatch.MISSING;
    }
    if (feature.unknown() == UnknownPolicy.REJECT) {
      String shown = FeatureDecoder.shown(value);
      batch.reject(row, feature.name() + ": " + shown + " was never seen in training");
    }
    return FeatureBatch.UNKNOWN;
  }
}
