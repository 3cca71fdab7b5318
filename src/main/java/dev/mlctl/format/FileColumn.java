package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import java.io.Serializable;
import java.util.Objects;

/**
 * A column as a file declares it. Immutable.
 *
 * @param type what it holds; null when it cannot be read
 * @param nullable whether a value may be null
 * @param declaration how its file declares it, for files of the same format to do the same; empty
 *     when it comes from elsewhere
 * @param fault why it cannot be read, such as {@code it is a list}; empty when it can
 */
public record FileColumn(
    String name, ColumnType type, boolean nullable, String declaration, String fault)
    implements Serializable {
  /** Checks that it either has a type or a fault. */
  public FileColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(declaration, "declaration");
    if ((type == null) == fault.isEmpty()) {
      throw new IllegalArgumentException(name + " must have a type or a fault");
    }
  }

  /** A column that no file of columns declares. */
  public static FileColumn of(String name, ColumnType type, boolean nullable) {
    return new FileColumn(name, type, nullable, "", "");
  }

  /** The same column, with nulls allowed. */
  public FileColumn orNull() {
    return new FileColumn(name, type, true, declaration, fault);
  }
}
