package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/** What the marks of a chart mean, in as many rows above it as are needed. Not thread-safe. */
final class Legend {
  private static final double ROW = 18;
  private static final double SWATCH = 22;
  private static final double GAP = 14;
  private static final double WIDEST = 300;

  /** A swatch and its name. */
  private record Entry(boolean line, String style, String name) {
    double width() {
      return SWATCH + 5 + TextWidth.of(name) + GAP;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void line(int style, String name) {
    line("s" + style, name);
  }

  void line(String style, String name) {
    add(new Entry(true, style, TextWidth.fitted(name, WIDEST)));
  }

  void box(String style, String name) {
    add(new Entry(false, style, TextWidth.fitted(name, WIDEST)));
  }

  private void add(Entry entry) {
    if (!entry.name.isEmpty() && !entries.contains(entry)) {
      entries.add(entry);
    }
  }

  double height() {
    return entries.isEmpty() ? 0 : rows() * ROW + 4;
  }

  private int rows() {
    int rows = 1;
    double x = GAP;
    for (Entry entry : entries) {
      if (x > GAP && x + entry.width() > Plot.WIDTH) {
        rows++;
        x = GAP;
      }
      x += entry.width();
    }
    return rows;
  }

  Element element() {
    Element all = Element.of("g").styled("legend");
    double x = GAP;
    double y = ROW / 2 + 2;
    for (Entry entry : entries) {
      if (x > GAP && x + entry.width() > Plot.WIDTH) {
        y += ROW;
        x = GAP;
      }
      all.add(
          entry.line
              ? Drawing.line("line " + entry.style, x, y, x + SWATCH, y)
              : Drawing.box(entry.style, x, y - 5, SWATCH, 10));
      all.add(Drawing.text(x + SWATCH + 5, y + 4, "start", entry.name));
      x += entry.width();
    }
    return all;
  }
}
