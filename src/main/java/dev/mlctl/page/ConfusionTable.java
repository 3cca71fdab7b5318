package dev.mlctl.page;

import java.util.Arrays;
import java.util.List;

/**
 * How often each class was taken for each; a cell is the darker, the greater its share of the row.
 */
public final class ConfusionTable {
  /** The shades there are in the style sheet. */
  private static final int SHADES = 10;

  private ConfusionTable() {}

  /**
   * The table.
   *
   * @param counts {@code [actual][predicted]}
   */
  public static Element of(String caption, List<String> classes, long[][] counts) {
    Element head =
        Element.of("tr").add(Element.of("th", "actual \\ predicted").with("scope", "col"));
    for (String name : classes) {
      head.add(Element.of("th").styled("number").with("scope", "col").name(name));
    }
    head.add(Element.of("th", "recall").styled("number").with("scope", "col"));
    Element body = Element.of("tbody");
    for (int a = 0; a < counts.length; a++) {
      body.add(row(classes, counts[a], a));
    }
    Element table =
        Element.of("table")
            .styled("confusion")
            .add(Element.of("caption", caption))
            .add(Element.of("thead").add(head))
            .add(body)
            .add(Element.of("tfoot").add(precision(counts)));
    return DataTable.scrolling(caption, table);
  }

  private static Element row(List<String> classes, long[] counts, int actual) {
    Element row =
        Element.of("tr").add(Element.of("th").with("scope", "row").name(classes.get(actual)));
    double total = Arrays.stream(counts).sum();
    for (int p = 0; p < counts.length; p++) {
      double share = total == 0 ? 0 : counts[p] / total;
      String title =
          Shown.share(share) + " of " + classes.get(actual) + " taken for " + classes.get(p);
      Element cell = Element.of("td", Shown.count(counts[p])).styled("number");
      if (counts[p] > 0) {
        cell.styled("level" + Math.max(1, Math.round(share * SHADES)));
      }
      row.add((p == actual ? cell.styled("right") : cell).with("title", title));
    }
    double recall = total == 0 ? Double.NaN : counts[actual] / total;
    return row.add(Element.of("td", Shown.share(recall)).styled("number"));
  }

  private static Element precision(long[][] counts) {
    Element row = Element.of("tr").add(Element.of("th", "precision").with("scope", "row"));
    for (int p = 0; p < counts.length; p++) {
      int predicted = p;
      double total = Arrays.stream(counts).mapToLong(r -> r[predicted]).sum();
      double share = total == 0 ? Double.NaN : counts[p][p] / total;
      row.add(Element.of("td", Shown.share(share)).styled("number"));
    }
    long all = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    long hits = 0;
    for (int k = 0; k < counts.length; k++) {
      hits += counts[k][k];
    }
    String accuracy = all == 0 ? "–" : Shown.share((double) hits / all);
    return row.add(Element.of("td", accuracy).styled("number").with("title", "accuracy"));
  }
}
