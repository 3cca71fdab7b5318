package dev.mlctl.data;

import java.util.Comparator;
import java.util.Objects;

/**
 * The rows with one value in a column. Immutable; ordered by column, then value.
 *
 * @param column its name
 * @param value as a text, empty where there is none; {@link #OTHER} for all values that are not
 *     told apart
 */
public record Slice(String column, String value) implements Comparable<Slice> {
  /** The value that stands for all others; rows that have this very text are counted there. */
  public static final String OTHER = "other";

  private static final Comparator<Slice> ORDER =
      Comparator.comparing(Slice::column).thenComparing(Slice::value);

  /** Checks that nothing is null. */
  public Slice {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(value, "value");
  }

  /** The rest of a column's values. */
  static Slice other(String column) {
    return new Slice(column, OTHER);
  }

  boolean isOther() {
    return value.equals(OTHER);
  }

  @Override
  public int compareTo(Slice other) {
    return ORDER.compare(this, other);
  }

  /** As in {@code region=north}. */
  @Override
  public String toString() {
    return column + "=" + value;
  }
}
