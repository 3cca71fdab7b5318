package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import java.io.Serializable;
import java.util.List;

/** A column of a file that is written. Immutable. */
public sealed interface OutputColumn extends Serializable {
  /** Its name and type; the declaration counts when the file has the format it comes from. */
  FileColumn column();

  /**
   * A column of the input that is passed on.
   *
   * @param column as the input declares it. For a field of a text format a {@link
   *     ColumnType#STRING}, or a {@link ColumnType#DOUBLE} if every row with another text than a
   *     number is rejected or the text stands for a missing value
   * @param from its place in the batches
   */
  record Passed(FileColumn column, int from) implements OutputColumn {}

  /**
   * Computed numbers; in a column that may hold null, NaN is one.
   *
   * @param output which of the arrays of numbers
   */
  record Numbers(FileColumn column, int output) implements OutputColumn {}

  /**
   * Computed texts; in a column that may hold null, a code below 0 is one.
   *
   * @param texts what each code stands for
   * @param output which of the arrays of codes
   */
  record Codes(FileColumn column, List<String> texts, int output) implements OutputColumn {
    /** Copies. */
    public Codes {
      texts = List.copyOf(texts);
    }
  }

  /** The same text in every row. */
  record Constant(FileColumn column, String text) implements OutputColumn {}

  /** Passes a column of the input on. */
  static OutputColumn passed(FileColumn column, int from) {
    return new Passed(column, from);
  }

  /** A column of doubles, those of one of the arrays. */
  static OutputColumn numbers(String name, int output) {
    return new Numbers(FileColumn.of(name, ColumnType.DOUBLE, false), output);
  }

  /** A column of doubles where NaN stands for null, those of one of the arrays. */
  static OutputColumn numbersOrNull(String name, int output) {
    return new Numbers(FileColumn.of(name, ColumnType.DOUBLE, true), output);
  }

  /** A column of texts, by the first array of codes. */
  static OutputColumn codes(String name, List<String> texts) {
    return codes(name, texts, 0);
  }

  /** A column of texts, by one of the arrays of codes. */
  static OutputColumn codes(String name, List<String> texts, int output) {
    return new Codes(FileColumn.of(name, ColumnType.STRING, false), texts, output);
  }

  /** A column of texts where a code below 0 stands for null, by one of the arrays of codes. */
  static OutputColumn codesOrNull(String name, List<String> texts, int output) {
    return new Codes(FileColumn.of(name, ColumnType.STRING, true), texts, output);
  }

  /** A column of one text. */
  static OutputColumn constant(String name, String text) {
    return new Constant(FileColumn.of(name, ColumnType.STRING, false), text);
  }
}
