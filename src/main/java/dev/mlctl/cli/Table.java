package dev.mlctl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, each as wide as its widest cell; the heading in capitals. */
final class Table {
  /** What a terminal shows without wrapping when nobody made it wider. */
  private static final int TERMINAL = 80;

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
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    text.append(style.bold(line(heading, widths, widths.length))).append('\n');
    rows.forEach(r -> text.append(line(r, widths, widths.length)).append('\n'));
    return text.toString();
  }

  /**
   * The same, but when a line would be wider than a terminal, what is in the last column goes on a
   * line of its own below its row.
   */
  String renderWithNotes(Style style) {
    int notes = heading.size() - 1;
    int[] widths = widths();
    if (IntStream.of(widths).sum() + 2 * notes <= TERMINAL) {
      return render(style);
    }
    String indent = " ".repeat(widths[0] + 2);
    StringBuilder text = new StringBuilder();
    text.append(style.bold(line(heading, widths, notes))).append('\n');
    for (List<String> row : rows) {
      text.append(line(row, widths, notes)).append('\n');
      if (!row.get(notes).isEmpty()) {
        text.append(wrapped(indent, row.get(notes), indent));
      }
    }
    return text.toString();
  }

  /**
   * A text on lines that fit a terminal, as far as its words do.
   *
   * @param first what the first line begins with
   * @param others what the others do
   */
  static String wrapped(String first, String text, String others) {
    StringBuilder lines = new StringBuilder(first);
    int width = first.length();
    boolean start = true;
    for (String word : text.split(" ", -1)) {
      if (!start && width + 1 + word.length() > TERMINAL) {
        lines.append('\n').append(others);
        width = others.length();
        start = true;
      }
      lines.append(start ? "" : " ").append(word);
      width += (start ? 0 : 1) + word.length();
      start = false;
    }
    return lines.append('\n').toString();
  }

  private int[] widths() {
    int[] widths = new int[heading.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              heading.get(c).length(),
              rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths, int columns) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < columns; c++) {
      String space = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(right[c] ? space + cells.get(c) : cells.get(c) + space);
    }
    return line.toString().stripTrailing();
  }
}
