package dev.mlctl.model;

import dev.mlctl.data.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some of the rows: those whose columns have the values given. Immutable.
 *
 * @param conditions all of which hold for a row of the slice; none for all rows
 */
public record Slice(List<Condition> conditions) {
  /** All rows. */
  public static final Slice ALL = new Slice(List.of());

  /** What must be quoted where a slice is written. */
  private static final String MARKS = "=,]\"";

  /**
   * That a column has a value.
   *
   * @param number the value as a number, or NaN when it is a text
   */
  public record Condition(String column, String value, double number) {
    /**
     * A condition.
     *
     * @param quoted whether the value is a text even if it looks like a number
     */
    static Condition of(String column, String value, boolean quoted) {
      return new Condition(column, value, quoted ? Double.NaN : Numbers.parse(value));
    }

    /** Whether the text of a field has the value; a number does however it is written. */
    public boolean holds(String field) {
      return value.equals(field) || (!Double.isNaN(number) && Numbers.parse(field) == number);
    }

    private String text() {
      boolean looksOtherwise = Double.isNaN(number) && !Double.isNaN(Numbers.parse(value));
      return quoted(column, false) + "=" + quoted(value, looksOtherwise);
    }

    private static String quoted(String word, boolean always) {
      boolean plain =
          !always
              && word.equals(word.strip())
              && !word.isEmpty()
              && word.chars().noneMatch(c -> MARKS.indexOf(c) >= 0);
      return plain ? word : '"' + word.replace("\"", "\"\"") + '"';
    }
  }

  /** Copies and checks that no column is there twice. */
  public Slice {
    conditions = List.copyOf(conditions);
    Shapes.distinct(columns(conditions), "columns of a slice");
  }

  /** The columns it looks at. */
  public List<String> columns() {
    return columns(conditions);
  }

  private static List<String> columns(List<Condition> conditions) {
    return conditions.stream().map(Condition::column).toList();
  }

  /** As a gate has it after a metric: {@code [season=1,holiday=0]}; empty for all rows. */
  public String text() {
    return conditions.isEmpty()
        ? ""
        : conditions.stream().map(Condition::text).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String toString() {
    return text();
  }
}
