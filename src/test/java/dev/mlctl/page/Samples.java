package dev.mlctl.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A page with everything a page can hold, and with the names that pages fear. */
public final class Samples {
  /** Markup, quotes, right-to-left, a reversing override, pictures, a control and half a pair. */
  public static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>",
          "a \"class\" of 'quotes' & ampersands",
          "]]><!--",
          "درجة الحرارة",
          "\u202Egnp.exe",
          "🚲🌧️ 雨の日",
          "nul \u0000 escape \u001b half \ud83d",
          "a_name_without_any_place_to_break_it_which_goes_on_and_on_and_on_and_on_and_on");

  private Samples() {}

  static Page page() {
    return new Page("All of " + NAMES.get(0), NAMES.get(1))
        .section("tables", "Tables", table(), confusion(), heatMap(), timeline())
        .section("charts", "Charts", Page.grid(charts()))
        .section("folded", "Folded", Page.folded(NAMES.get(3), Element.of("pre", NAMES.get(6))));
  }

  static List<Element> charts() {
    List<Element> figures = new ArrayList<>();
    for (Element chart :
        List.of(bars(), line(), overlay(), categories(), density(), roc(), calibration())) {
      figures.add(Page.figure(NAMES.get(figures.size()), chart, NAMES.get(0)));
    }
    return figures;
  }

  static Element table() {
    DataTable table = new DataTable(NAMES.get(0), "name", ">number", "~text", NAMES.get(2));
    NAMES.forEach(name -> table.row(name, "12.5", name, name));
    return table.element();
  }

  static Element confusion() {
    long[][] counts = new long[NAMES.size()][NAMES.size()];
    for (int a = 0; a < counts.length; a++) {
      int row = a;
      Arrays.setAll(counts[a], p -> p == row ? 1000 * row : Math.abs(p - row));
    }
    return ConfusionTable.of("confusion", NAMES, counts);
  }

  static Element heatMap() {
    List<String> windows = new ArrayList<>();
    for (int w = 0; w < 36; w++) {
      windows.add("20%02d-%02d".formatted(10 + w / 12, 1 + w % 12));
    }
    HeatMap map = new HeatMap("Drift by column and month", windows);
    map.groups(
        windows.stream().map(m -> m.compareTo("2012") < 0 ? "#1" : NAMES.get(0)).toList(),
        Set.of("#1"));
    for (String name : NAMES) {
      List<HeatMap.Cell> cells = new ArrayList<>();
      for (int w = 0; w < windows.size(); w++) {
        HeatMap.Level level = List.of(HeatMap.Level.values()).get((w + name.length()) % 5);
        cells.add(new HeatMap.Cell(level, "PSI 0." + w + " of " + name, w / 36.0));
      }
      map.row(name, cells);
    }
    return map.element();
  }

  static Element timeline() {
    Timeline timeline = new Timeline("What happened");
    for (String name : NAMES) {
      timeline.event(
          List.of("ok", "warning", "critical", "none").get(name.length() % 4),
          "2012-03-01",
          name,
          name.length() > 20 ? "" : name);
    }
    return timeline.element();
  }

  static Element bars() {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (String name : NAMES) {
      bars.add(new BarChart.Bar(name, 1.0 / (1 + bars.size()), "0.5", bars.size()));
    }
    return BarChart.of("bars of " + NAMES.get(0), bars);
  }

  static Element line() {
    double[] x = {0, 1, 2, 3, 4, 5};
    double[] y = {0.91, 0.92, 0.9, Double.NaN, 0.84, 0.79};
    double[] low = {0.89, 0.9, 0.88, Double.NaN, 0.8, 0.74};
    double[] high = {0.93, 0.94, 0.92, Double.NaN, 0.88, 0.84};
    List<String> months = List.of("2012-01", "2012-02", "2012-03", "2012-04", "2012-05", "2012-06");
    return new Plot("r2 by month", Axis.of("month", months), Axis.around("r2", 0.7, 1))
        .band(0, "95 % interval", x, low, high)
        .threshold("warning", "warning", 0.85)
        .threshold("critical", "critical", 0.8)
        .line(0, "r2", x, y)
        .element();
  }

  static Element overlay() {
    Random random = new Random(1);
    double[] before = random.doubles(500).map(v -> v * v).toArray();
    double[] after = random.doubles(90).map(Math::sqrt).toArray();
    double[] edges = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
    return Histogram.chart(
        "before and after",
        "temperature in °C",
        List.of(
            new Histogram("baseline", edges, Histogram.count(before, before.length, edges)),
            new Histogram("current", edges, Histogram.count(after, after.length, edges))));
  }

  static Element categories() {
    long[] before = {500, 300, 200, 0, 20, 30, 5, 4};
    long[] after = {50, 30, 2, 70, 20, 3, 5, 40};
    return CategoryChart.of(
        "weather",
        NAMES,
        List.of(
            new CategoryChart.Rows("baseline", before), new CategoryChart.Rows("current", after)));
  }

  static Element density() {
    Random random = new Random(2);
    double[] x = random.doubles(3000, -2, 2).toArray();
    double[] y = Arrays.stream(x).map(v -> v + random.nextGaussian() / 2).toArray();
    Plot plot = new Plot("density", Axis.around("x", -2, 2), Axis.around("y", -4, 4));
    return DensityChart.draw(plot, x, y).reference("equal", -2, -2, 2, 2).element();
  }

  static Element roc() {
    double[] x = {0, 0.1, 0.4, 1};
    double[] y = {0, 0.6, 0.9, 1};
    return CurveCharts.roc(
        "roc", NAMES.stream().map(n -> new CurveCharts.Curve(n, x, y, new long[0])).toList());
  }

  static Element calibration() {
    double[] x = {0.05, 0.3, 0.9};
    return CurveCharts.calibration(
        "calibration",
        List.of(new CurveCharts.Curve("yes", x, new double[] {0, 0.4, 0.8}, new long[] {9, 1, 7})));
  }
}
