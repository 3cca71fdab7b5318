package dev.mlctl.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell; the heading in capitals. */
final class Table {
  private final List<String> heading;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /** A column whose name starts with {@code >} is set to the right. */
  Table(String... columns) {
    right = new boolean[columns.length];
    heading = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      right[c] = columns[c].startsWith(">");
      heading.add(right[c] ? columns[c].substring(1) : columns[c]);
    }
  }

  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** The table with a line feed after each line. */
  String render(Style style) {
    int[] widths = new int[heading.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              heading.get(c).length(),
              rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder(style.bold(line(heading, widths))).append('\n');
    rows.forEach(r -> text.append(line(r, widths)).append('\n'));
    return text.toString();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String space = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(right[c] ? space + cells.get(c) : cells.get(c) + space);
    }
    return line.toString().stripTrailing();
  }
}
