package dev.mlctl.train;

import dev.mlctl.data.Numbers;
import dev.mlctl.data.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the rows whose columns have one of the values asked for; numbers compare as numbers. */
final class RowFilter {
  private record Condition(int column, List<String> values) {
    boolean holds(String text) {
      double number = Numbers.parse(text);
      for (String value : values) {
        if (value.equals(text) || (!Double.isNaN(number) && Numbers.parse(value) == number)) {
          return true;
        }
      }
      return false;
    }
  }

  private final List<Condition> conditions = new ArrayList<>();

  private RowFilter() {}

  /**
   * The filter of a source.
   *
   * @param names the columns of the batches to come
   */
  static RowFilter of(Map<String, List<String>> where, List<String> names, TableReader reader) {
    RowFilter filter = new RowFilter();
    where.forEach(
        (column, values) -> {
          int index = names.indexOf(column);
          if (index < 0) {
            throw reader.missingColumn("where column", column, names);
          }
          filter.conditions.add(new Condition(index, values));
        });
    return filter;
  }

  boolean keeps(RowBatch batch, int row) {
    for (Condition condition : conditions) {
      if (!condition.holds(batch.text(condition.column, row))) {
        return false;
      }
    }
    return true;
  }
}
