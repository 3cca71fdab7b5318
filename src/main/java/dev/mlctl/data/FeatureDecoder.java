package dev.mlctl.data;

import dev.mlctl.data.ColumnType.Holding;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the raw fields of a row batch into feature values and rejects the rows that do not fit.
 *
 * <p>An absent or empty field, a null and every text among the null values is missing. A number
 * that is no finite decimal rejects its row; nothing is coerced. Columns with types are decoded
 * without texts where the type allows ({@code TypedDecoder}). Not thread-safe, since it reuses its
 * output.
 */
public final class FeatureDecoder {
  private static final int SHOWN = 40;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final List<Feature> features;
  private final int[] columns;
  private final Set<String> nullValues;
  private final double[] numericNulls;
  private final Dictionary[] dictionaries;
  private final TypedDecoder typed;

  /**
   * A decoder.
   *
   * @param columns for each feature the batch column it is read from
   * @param nullValues texts that stand for a missing value besides the empty one
   */
  public FeatureDecoder(List<Feature> features, int[] columns, Set<String> nullValues) {
    this.features = List.copyOf(features);
    this.columns = columns.clone();
    this.nullValues = Set.copyOf(nullValues);
    this.numericNulls =
        nullValues.stream().mapToDouble(Numbers::parse).filter(v -> !Double.isNaN(v)).toArray();
    this.typed = new TypedDecoder(this.nullValues, numericNulls);
    this.dictionaries = new Dictionary[features.size()];
    for (int f = 0; f < dictionaries.length; f++) {
      if (features.get(f).type() == FeatureType.CATEGORY) {
        dictionaries[f] = new Dictionary(features.get(f).categories(), this.nullValues);
      }
    }
  }

  /**
   * Decodes every feature of every row. Rows that do not fit are rejected in {@code batch}; their
   * values in {@code into} mean nothing.
   *
   * @param into a batch over the same features with at least the row batch's capacity
   */
  public void decode(RowBatch batch, FeatureBatch into) {
    into.reset(batch.rows());
    for (int f = 0; f < columns.length; f++) {
      if (batch.type(columns[f]).holding() == Holding.RAW) {
        decodeFields(batch, f, into);
      } else {
        decodeTyped(batch, f, into);
      }
    }
    for (int f = 0; f < columns.length; f++) {
      if (dictionaries[f] != null) {
        noteNewCategories(batch, f, into);
      }
    }
  }

  private void decodeFields(RowBatch batch, int f, FeatureBatch into) {
    switch (features.get(f).type()) {
      case NUMBER -> decodeNumbers(batch, f, into.numbers(f));
      case DATE -> decodeDates(batch, f, into.numbers(f));
      case CATEGORY -> decodeCategories(batch, f, into.codes(f));
    }
  }

  private void decodeTyped(RowBatch batch, int f, FeatureBatch into) {
    Feature feature = features.get(f);
    switch (feature.type()) {
      case NUMBER -> typed.numbers(batch, columns[f], feature, into.numbers(f));
      case DATE -> typed.dates(batch, columns[f], feature, into.numbers(f));
      case CATEGORY -> typed.codes(batch, columns[f], feature, dictionaries[f], into.codes(f));
    }
  }

  private void decodeNumbers(RowBatch batch, int f, double[] into) {
    byte[] bytes = batch.bytes();
    int[] starts = batch.starts(columns[f]);
    int[] ends = batch.ends(columns[f]);
    boolean rejectMissing = features.get(f).missing() == MissingPolicy.REJECT;
    for (int r = 0; r < batch.rows(); r++) {
      double value = starts[r] < ends[r] ? Numbers.parse(bytes, starts[r], ends[r]) : Double.NaN;
      if (Double.isNaN(value) || mayBeNull(value)) {
        value = oddNumber(batch, f, r, rejectMissing);
      }
      into[r] = value;
    }
  }

  /** Whether a null value such as {@code -999} is this number; its text then decides. */
  private boolean mayBeNull(double value) {
    for (double numericNull : numericNulls) {
      if (value == numericNull) {
        return true;
      }
    }
    return false;
  }

  /** A field that is no plain number: missing, a quoted number, or a reason to reject. */
  private double oddNumber(RowBatch batch, int f, int row, boolean rejectMissing) {
    if (batch.isRejected(row)) {
      return Double.NaN;
    }
    String text = batch.text(columns[f], row);
    if (isMissing(text)) {
      if (rejectMissing) {
        batch.reject(row, features.get(f).name() + " is missing");
      }
      return Double.NaN;
    }
    boolean mayBeNumber =
        batch.format() == TextFormat.CSV || batch.bytes()[batch.starts(columns[f])[row]] != '"';
    double value = Numbers.parse(text);
    if (Double.isNaN(value)) {
      batch.reject(row, features.get(f).name() + ": " + shown(text) + " is not a finite number");
    } else if (!mayBeNumber) {
      batch.reject(row, features.get(f).name() + ": " + shown(text) + " is text, not a number");
      return Double.NaN;
    }
    return value;
  }

  private void decodeDates(RowBatch batch, int f, double[] into) {
    for (int r = 0; r < batch.rows(); r++) {
      into[r] = Double.NaN;
      if (batch.isRejected(r)) {
        continue;
      }
      String text = batch.text(columns[f], r);
      if (!isMissing(text)) {
        into[r] = days(text);
        if (Double.isNaN(into[r])) {
          batch.reject(r, features.get(f).name() + ": " + shown(text) + " is not an ISO date");
        }
      } else if (features.get(f).missing() == MissingPolicy.REJECT) {
        batch.reject(r, features.get(f).name() + " is missing");
      }
    }
  }

  /**
   * Days since 1970-01-01 of an ISO 8601 date or local date-time ({@code T} or a space between), or
   * NaN when the text is neither.
   */
  public static double days(String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).toEpochDay();
      }
      LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
      return time.toLocalDate().toEpochDay() + time.toLocalTime().toNanoOfDay() / 86_400e9;
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  private void decodeCategories(RowBatch batch, int f, int[] codes) {
    byte[] bytes = batch.bytes();
    int[] starts = batch.starts(columns[f]);
    int[] ends = batch.ends(columns[f]);
    char quote = batch.quote();
    for (int r = 0; r < batch.rows(); r++) {
      int start = starts[r];
      int end = ends[r];
      if (start == end || bytes[start] == quote || batch.isRejected(r)) {
        codes[r] = oddCategory(batch, f, r);
        continue;
      }
      int code = dictionaries[f].code(bytes, start, end);
      codes[r] = code >= 0 ? code : oddCategory(batch, f, r);
    }
  }

  private int oddCategory(RowBatch batch, int f, int row) {
    if (batch.isRejected(row)) {
      return FeatureBatch.MISSING;
    }
    Feature feature = features.get(f);
    String text = batch.text(columns[f], row);
    if (isMissing(text)) {
      if (feature.missing() == MissingPolicy.REJECT) {
        batch.reject(row, feature.name() + " is missing");
      }
      return FeatureBatch.MISSING;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int code = dictionaries[f].code(utf8, 0, utf8.length);
    if (code == FeatureBatch.UNKNOWN && feature.unknown() == UnknownPolicy.REJECT) {
      batch.reject(row, feature.name() + ": " + shown(text) + " was never seen in training");
    }
    return code;
  }

  /** Names new categories once all features are decoded, so that no rejected row is among them. */
  private void noteNewCategories(RowBatch batch, int f, FeatureBatch into) {
    int[] codes = into.codes(f);
    for (int r = 0; r < batch.rows(); r++) {
      if (codes[r] == FeatureBatch.UNKNOWN && !batch.isRejected(r)) {
        into.noteNewCategory(f, r, batch.text(columns[f], r));
      }
    }
  }

  private boolean isMissing(String text) {
    return text.isEmpty() || nullValues.contains(text);
  }

  /** The beginning of a text on one line; control characters would run wild on a terminal. */
  static String shown(String text) {
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return '"' + CONTROL.matcher(start).replaceAll("\uFFFD") + '"';
  }
}
