package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of the data by windows of time, each cell coloured and marked by how grave it is. On a
 * narrow screen it scrolls sideways under its names. Not thread-safe.
 */
public final class HeatMap {
  /** How grave a cell is; each has a sign of its own besides its colour. */
  public enum Level {
    /** Nothing was measured. */
    NONE(" "),
    /** Too few rows to tell. */
    UNKNOWN("?"),
    /** As it should be. */
    OK("·"),
    /** Beyond the first threshold. */
    WARNING("▲"),
    /** Beyond the second threshold. */
    CRITICAL("■");

    private final String sign;

    Level(String sign) {
      this.sign = sign;
    }

    private String style() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A cell.
   *
   * @param text what is known, such as {@code PSI 0.31 (critical from 0.25), 744 rows}
   */
  public record Cell(Level level, String text) {
    /** Where nothing was measured. */
    public static final Cell NONE = new Cell(Level.NONE, "nothing measured");
  }

  private final String caption;
  private final List<String> windows;
  private final List<Element> rows = new ArrayList<>();

  /** A map without rows. */
  public HeatMap(String caption, List<String> windows) {
    this.caption = caption;
    this.windows = List.copyOf(windows);
  }

  /** Adds a row: a cell for each window. */
  public HeatMap row(String name, List<Cell> cells) {
    Element row = Element.of("tr").add(Element.of("th").with("scope", "row").name(name));
    for (int w = 0; w < windows.size(); w++) {
      Cell cell = cells.get(w);
      String text = name + ", " + windows.get(w) + ": " + cell.text;
      row.add(
          Element.of("td")
              .styled(cell.level.style())
              .with("title", text)
              .add(Element.of("span", cell.level.sign).with("aria-hidden", "true"))
              .add(Element.of("span", cell.text).styled("unseen")));
    }
    rows.add(row);
    return this;
  }

  /** The map with its legend. */
  public Element element() {
    Element head = Element.of("tr").add(Element.of("th", "column").with("scope", "col"));
    for (String window : windows) {
      head.add(Element.of("th").with("scope", "col").add(Element.of("span").name(window)));
    }
    Element table =
        Element.of("table")
            .styled("heat")
            .add(Element.of("caption", caption))
            .add(Element.of("thead").add(head))
            .add(Element.of("tbody").add(rows));
    return Element.of("div").add(DataTable.scrolling(caption, table)).add(legend());
  }

  private static Element legend() {
    Element legend = Element.of("p").styled("key");
    key(legend, Level.OK, "ok");
    key(legend, Level.WARNING, "warning");
    key(legend, Level.CRITICAL, "critical");
    key(legend, Level.UNKNOWN, "not enough rows");
    return legend;
  }

  private static void key(Element legend, Level level, String name) {
    legend.add(Element.of("span", level.sign).styled("swatch " + level.style()));
    legend.text(" " + name + " ");
  }
}
