package dev.mlctl.data;

import java.io.Serializable;

/**
 * How a CSV file is written, beyond RFC 4180.
 *
 * @param delimiter the byte between fields, such as {@code ,} {@code ;} or a tab
 */
public record CsvOptions(byte delimiter) implements Serializable {
  /** Commas. */
  public static final CsvOptions DEFAULT = new CsvOptions((byte) ',');

  /** Checks that the delimiter cannot be mistaken for a quote or a line end. */
  public CsvOptions {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter < 0) {
      throw new IllegalArgumentException("not a delimiter: " + delimiter);
    }
  }
}
