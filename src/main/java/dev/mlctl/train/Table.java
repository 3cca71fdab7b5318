package dev.mlctl.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns in memory, all of the same length. */
final class Table {
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final int rows;

  Table(List<Column> columns, int rows) {
    columns.forEach(c -> this.columns.put(c.name(), c));
    this.rows = rows;
  }

  Column column(String name) {
    return columns.get(name);
  }

  int rows() {
    return rows;
  }
}
