package dev.mlctl.data;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * How a CSV file is written, beyond RFC 4180. Immutable.
 *
 * @param delimiter the character between fields, such as {@code ,} {@code ;} or a tab; it and the
 *     quote can be no part of a number
 * @param quote what may stand around a field; with {@link #NONE} a quote is a character like any
 *     other and every line is a record
 * @param comment what a line starts with that is passed over, or {@link #NONE}
 * @param columns the names of the columns when the file has no header; empty when it has one
 */
public record CsvOptions(char delimiter, char quote, char comment, List<String> columns)
    implements Serializable {
  /** Stands for no character: no byte equals it. */
  public static final char NONE = Character.MAX_VALUE;

  /** Commas, double quotes, no comments, a header. */
  public static final CsvOptions DEFAULT = delimited(',');

  /** Checks that each is ASCII and none can be mistaken for another or a line end; copies. */
  public CsvOptions {
    if (!separates(delimiter) || (quote != NONE && !separates(quote)) || delimiter == quote) {
      throw new IllegalArgumentException("not a delimiter and a quote: " + delimiter + quote);
    }
    if (comment != NONE && (!isAscii(comment) || comment == delimiter || comment == quote)) {
      throw new IllegalArgumentException("not the sign of a comment: " + comment);
    }
    columns = List.copyOf(columns);
    if (new HashSet<>(columns).size() != columns.size()) {
      throw new IllegalArgumentException("a column is there twice: " + columns);
    }
  }

  /** Whether a number ends where this stands: it is read before its field's end is known. */
  private static boolean separates(char c) {
    return isAscii(c) && "+-.0123456789Ee".indexOf(c) < 0;
  }

  private static boolean isAscii(char c) {
    return c < 128 && c != '\n' && c != '\r';
  }

  /** The default with another delimiter. */
  public static CsvOptions delimited(char delimiter) {
    return new CsvOptions(delimiter, '"', NONE, List.of());
  }

  /** Whether the first record names the columns. */
  public boolean hasHeader() {
    return columns.isEmpty();
  }
}
