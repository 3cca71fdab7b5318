package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Columns of the data by windows of time, each cell coloured and marked by how grave it is. On a
 * narrow screen it scrolls sideways beside its names, and shows the newest windows first. Not
 * thread-safe.
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
   * @param pressure how far along the way to its first threshold it is, 1 is there: what is still
   *     as it should be is shaded by it
   */
  public record Cell(Level level, String text, double pressure) {
    /** Where nothing was measured. */
    public static final Cell NONE = new Cell(Level.NONE, "nothing measured", 0);

    private String style() {
      boolean near = level == Level.OK && pressure >= HALF_WAY;
      return level.style() + (near ? pressure >= ALMOST ? " almost" : " near" : "");
    }
  }

  private static final double HALF_WAY = 0.4;
  private static final double ALMOST = 0.75;

  private final String caption;
  private final List<String> windows;
  private final List<Element> rows = new ArrayList<>();
  private List<String> groups = List.of();
  private Set<String> marked = Set.of();

  /** A map without rows. */
  public HeatMap(String caption, List<String> windows) {
    this.caption = caption;
    this.windows = List.copyOf(windows);
  }

  /**
   * Says what windows belong to, such as a release; a line parts those that follow one another and
   * differ. Called before rows are added.
   *
   * @param names one for each window
   * @param main those that the page is about
   */
  public HeatMap groups(List<String> names, Set<String> main) {
    groups = List.copyOf(names);
    marked = Set.copyOf(main);
    return this;
  }

  private boolean begins(int window) {
    return window > 0 && !groups.isEmpty() && !groups.get(window).equals(groups.get(window - 1));
  }

  /** Adds a row: a cell for each window. */
  public HeatMap row(String name, List<Cell> cells) {
    Element row = Element.of("tr").add(Element.of("th").with("scope", "row").name(name));
    for (int w = 0; w < windows.size(); w++) {
      Cell cell = cells.get(w);
      String text = name + ", " + windows.get(w) + ": " + cell.text;
      row.add(
          Element.of("td")
              .styled(cell.style() + (begins(w) ? " begins" : ""))
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
    Element heads = Element.of("thead");
    if (!groups.isEmpty()) {
      heads.add(spans());
    }
    Element table =
        Element.of("table")
            .styled("heat")
            .add(Element.of("caption", caption).styled("unseen"))
            .add(heads.add(head))
            .add(Element.of("tbody").add(rows));
    Element newestFirst = DataTable.scrolling(caption, table).styled("newest");
    // A caption would scroll out of sight with the table.
    return Element.of("div")
        .add(Element.of("p", caption).styled("key").with("aria-hidden", "true"))
        .add(newestFirst, legend());
  }

  private Element spans() {
    Element spans = Element.of("tr").add(Element.of("th", "release").with("scope", "row"));
    int from = 0;
    for (int w = 1; w <= windows.size(); w++) {
      if (w == windows.size() || begins(w)) {
        String group = groups.get(from);
        Element span =
            Element.of("th")
                .styled(marked.contains(group) ? "group main" : "group")
                .with("scope", "colgroup")
                .with("colspan", Integer.toString(w - from))
                .with("title", group)
                .name(group);
        spans.add(from == 0 ? span : span.styled("begins"));
        from = w;
      }
    }
    return spans;
  }

  private static Element legend() {
    Element legend = Element.of("p").styled("key");
    key(legend, Level.OK, "ok (darker: nearer to a warning)");
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
