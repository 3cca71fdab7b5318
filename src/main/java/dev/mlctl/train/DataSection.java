package dev.mlctl.train;

import dev.mlctl.data.FeatureType;
import dev.mlctl.page.BarChart;
import dev.mlctl.page.DataTable;
import dev.mlctl.page.Element;
import dev.mlctl.page.Histogram;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import dev.mlctl.page.Spark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a report that shows what the model was trained on, column by column. */
final class DataSection {
  private static final int SHOWN_COLUMNS = 300;
  private static final int DRAWN_COLUMNS = 40;
  private static final int BARS = 10;
  private static final int NAMED = 3;

  private final TrainResult result;
  private final List<ColumnDetail> columns;

  DataSection(TrainResult result, List<ColumnDetail> columns) {
    this.result = result;
    this.columns = columns;
  }

  Element content() {
    Element all = Element.of("div").add(notes()).add(table());
    List<Element> figures = new ArrayList<>();
    ColumnDetail target = columns.get(columns.size() - 1);
    figures.add(figure(target));
    columns.subList(0, Math.min(DRAWN_COLUMNS, columns.size() - 1)).stream()
        .map(this::figure)
        .forEach(figures::add);
    return all.add(Page.folded("Larger charts of the columns", Page.grid(figures)));
  }

  private Element notes() {
    Element list = Element.of("ul");
    result.notes().stream()
        .filter(note -> !note.startsWith("column "))
        .forEach(note -> list.add(Element.of("li").name(note)));
    return list;
  }

  private Element table() {
    Map<String, ColumnDetail> details = new LinkedHashMap<>();
    columns.forEach(column -> details.put(column.name(), column));
    DataTable table =
        new DataTable(
            "All columns, in the rows trained on",
            "column",
            "role",
            "type",
            "distribution",
            ">missing",
            ">distinct",
            ">mean",
            ">deviation",
            ">min",
            ">median",
            ">max",
            "~most frequent, or why it was left out");
    List<ColumnSummary> summaries = result.columns();
    for (ColumnSummary column : summaries.subList(0, Math.min(SHOWN_COLUMNS, summaries.size()))) {
      table.row(row(column, details.get(column.name())));
    }
    Element shown = table.element();
    if (summaries.size() > SHOWN_COLUMNS) {
      String all = "The first " + SHOWN_COLUMNS + " of " + summaries.size() + " columns.";
      return Element.of("div").add(shown).add(Element.of("p", all));
    }
    return shown;
  }

  private Element[] row(ColumnSummary column, ColumnDetail detail) {
    String type = column.type() == null ? "empty" : TrainSpec.lower(column.type());
    List<Element> cells = new ArrayList<>();
    cells.add(Element.of("bdi", column.name()));
    cells.add(span(column.role()));
    cells.add(span(type));
    cells.add(detail == null ? span("") : Element.of("span").add(spark(detail)));
    cells.add(span(detail == null ? inFile(column) : missing(detail)));
    cells.add(span(detail == null ? "" : Shown.count(detail.distinct())));
    ColumnDetail.NumberDetail numbers = detail == null ? null : detail.numbers();
    if (numbers == null) {
      List.of("", "", "", "", "").forEach(empty -> cells.add(span(empty)));
    } else {
      boolean date = detail.type() == FeatureType.DATE;
      cells.add(span(value(numbers.mean(), date)));
      cells.add(span(Shown.number(numbers.deviation()) + (date ? " days" : "")));
      cells.add(span(value(numbers.min(), date)));
      cells.add(span(value(numbers.median(), date)));
      cells.add(span(value(numbers.max(), date)));
    }
    cells.add(Element.of("bdi", detail == null ? column.why() : frequent(detail)));
    return cells.toArray(Element[]::new);
  }

  private static String inFile(ColumnSummary column) {
    return column.missing() == 0 ? "0" : Shown.count(column.missing()) + " in file";
  }

  private String missing(ColumnDetail detail) {
    return detail.missing() == 0
        ? "0"
        : Shown.count(detail.missing())
            + " ("
            + Shown.share((double) detail.missing() / result.trainRows())
            + ")";
  }

  /** Dates are days since 1970-01-01. */
  private static String value(double number, boolean date) {
    return date && Math.abs(number) < 1e7
        ? LocalDate.ofEpochDay(Math.round(number)).toString()
        : Shown.number(number);
  }

  private String frequent(ColumnDetail detail) {
    List<String> parts = new ArrayList<>();
    for (ColumnDetail.CategoryDetail category : detail.categories()) {
      if (parts.size() < NAMED) {
        double share = (double) category.rows() / result.trainRows();
        parts.add(category.text() + " " + Shown.share(share));
      }
    }
    return String.join(", ", parts);
  }

  private static Element spark(ColumnDetail detail) {
    long[] counts =
        detail.numbers() != null
            ? detail.numbers().histogram().counts()
            : detail.categories().stream()
                .limit(24)
                .mapToLong(ColumnDetail.CategoryDetail::rows)
                .toArray();
    return Spark.of("distribution of " + detail.name(), counts);
  }

  private Element figure(ColumnDetail detail) {
    String title = detail.name();
    if (detail.numbers() != null) {
      Histogram histogram = detail.numbers().histogram();
      String axis = detail.type() == FeatureType.DATE ? title + " (days since 1970)" : title;
      return Page.figure(
          title, Histogram.chart("Histogram of " + title, axis, List.of(histogram)), "");
    }
    List<BarChart.Bar> bars = new ArrayList<>();
    long rest = 0;
    for (ColumnDetail.CategoryDetail category : detail.categories()) {
      if (bars.size() < BARS) {
        bars.add(bar(category.text(), category.rows(), 0));
      } else {
        rest += category.rows();
      }
    }
    if (rest > 0) {
      bars.add(bar("(all others)", rest, 7));
    }
    if (detail.missing() > 0) {
      bars.add(bar("(missing)", detail.missing(), 1));
    }
    return Page.figure(title, BarChart.of("Categories of " + title, bars), "");
  }

  private BarChart.Bar bar(String name, long rows, int style) {
    return new BarChart.Bar(name, rows, Shown.share((double) rows / result.trainRows()), style);
  }

  private static Element span(String text) {
    return Element.of("span", text);
  }
}
