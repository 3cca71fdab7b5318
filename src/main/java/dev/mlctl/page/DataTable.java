package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with headed columns whose rows begin with their own heading. On a narrow screen it
 * scrolls sideways by itself, not the page. Not thread-safe.
 */
public final class DataTable {
  private final String caption;
  private final String[] columns;
  private final List<Element> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param caption what it shows; read aloud, and shown above it
   * @param columns their headings; those that begin with {@code >} hold numbers, with {@code ~}
   *     texts that may take several lines
   */
  public DataTable(String caption, String... columns) {
    this.caption = caption;
    this.columns = columns.clone();
  }

  /** Adds a row of texts. */
  public DataTable row(String... cells) {
    Element[] elements = new Element[cells.length];
    for (int c = 0; c < cells.length; c++) {
      elements[c] = Element.of("bdi", cells[c]);
    }
    return row(elements);
  }

  /** Adds a row of anything. */
  public DataTable row(Element... cells) {
    Element row = Element.of("tr");
    for (int c = 0; c < cells.length; c++) {
      Element cell = c == 0 ? Element.of("th").with("scope", "row") : Element.of("td");
      row.add(styled(cell, columns[c]).add(cells[c]));
    }
    rows.add(row);
    return this;
  }

  /** The table. */
  public Element element() {
    Element head = Element.of("tr");
    for (String column : columns) {
      boolean marked = column.startsWith(">") || column.startsWith("~");
      Element cell = Element.of("th", marked ? column.substring(1) : column).with("scope", "col");
      head.add(styled(cell, column));
    }
    return scrolling(
        caption,
        Element.of("table")
            .add(Element.of("caption", caption))
            .add(Element.of("thead").add(head))
            .add(Element.of("tbody").add(rows)));
  }

  private static Element styled(Element cell, String column) {
    if (column.startsWith(">")) {
      return cell.styled("number");
    }
    return column.startsWith("~") ? cell.styled("prose") : cell;
  }

  /** What may be wider than the screen; those who use a keyboard can scroll it as well. */
  static Element scrolling(String name, Element wide) {
    return Element.of("div")
        .styled("wide")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", name)
        .add(wide);
  }
}
