package dev.mlctl.monitor;

import java.util.List;

/**
 * Cells of text, ready to be lined up.
 *
 * @param heading the columns' names; one that starts with {@code >} is set to the right
 * @param rows as many cells each as the heading has
 */
public record ReportTable(List<String> heading, List<List<String>> rows) {
  /** Copies and checks that no row is ragged. */
  public ReportTable {
    int width = heading.size();
    heading = List.copyOf(heading);
    rows = rows.stream().map(List::copyOf).toList();
    if (!rows.stream().allMatch(row -> row.size() == width)) {
      throw new IllegalArgumentException("a row with another number of cells than the heading");
    }
  }
}
