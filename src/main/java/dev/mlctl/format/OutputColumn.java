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
   * Computed numbers.
   *
   * @param output which of the arrays of numbers
   */
  record Numbers(FileColumn column, int output) implements OutputColumn {}

  /**
   * Computed texts.
   *
   * @param texts what each code stands for
   */
  record Codes(FileColumn column, List<String> texts) implements OutputColumn {
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

  /** A column of texts, by their codes. */
  static OutputColumn codes(String name, List<String> texts) {
    return new Codes(FileColumn.of(name, ColumnType.STRING, false), texts);
  }

  /** A column of one text. */
  static OutputColumn constant(String name, String text) {
    return new Constant(FileColumn.of(name, ColumnType.STRING, false), text);
  }
}
