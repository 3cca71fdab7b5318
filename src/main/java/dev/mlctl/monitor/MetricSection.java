package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;
import dev.mlctl.page.DataTable;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parts of a page that show how well the model answers: by windows, as a whole, by slices. */
final class MetricSection {
  private static final int MOST_SLICES = 60;

  private final MonitorReport report;
  private final ShownWindows shown;

  MetricSection(MonitorReport report, ShownWindows shown) {
    this.report = report;
    this.shown = shown;
  }

  /** A chart for each metric that labels told of in two windows or more. */
  List<Element> charts() {
    List<Element> figures = new ArrayList<>();
    report.trained().forEach((metric, trained) -> chart(metric, trained, figures));
    return figures;
  }

  private void chart(String metric, TrainedMetric trained, List<Element> figures) {
    double[] values = shown.values(w -> value(w, metric));
    if (WindowChart.tells(values)) {
      Element chart =
          new WindowChart(shown, metric, values)
              .band(shown.values(w -> low(w, metric)), shown.values(w -> high(w, metric)))
              .training(trained.value())
              .limits(trained.warning(), trained.critical())
              .element();
      String better = trained.greaterIsBetter() ? "Greater is better." : "Less is better.";
      figures.add(Page.figure(metric, chart, better));
    }
  }

  private static double value(WindowReport window, String metric) {
    Estimate estimate = window.metrics().get(metric);
    return estimate == null ? Double.NaN : estimate.value();
  }

  private static double low(WindowReport window, String metric) {
    Estimate estimate = window.metrics().get(metric);
    return estimate == null ? Double.NaN : estimate.low();
  }

  private static double high(WindowReport window, String metric) {
    Estimate estimate = window.metrics().get(metric);
    return estimate == null ? Double.NaN : estimate.high();
  }

  /** All labelled rows together, then slice by slice. */
  Element[] tables(LabelReport labels) {
    List<Element> parts = new ArrayList<>();
    parts.add(Element.of("p", coverage(labels)));
    if (!labels.metrics().isEmpty()) {
      parts.add(whole(labels));
    }
    if (!labels.slices().isEmpty()) {
      parts.add(slices(labels));
    }
    return parts.toArray(Element[]::new);
  }

  private static String coverage(LabelReport labels) {
    LabelCounts counts = labels.counts();
    String told =
        "%s of the predictions have a label yet (%s)."
            .formatted(Shown.share(labels.coverage()), Shown.count(counts.joined()));
    if (labels.sampled() > 0) {
      told += " The metrics are of " + Shown.count(labels.sampled()) + " of them, drawn at random.";
    }
    long unused = counts.contradictory() + counts.unusable();
    return unused == 0
        ? told
        : told + " %s could not be used.".formatted(Shown.count(unused, "label"));
  }

  private Element whole(LabelReport labels) {
    DataTable table =
        new DataTable(
            "Metrics of all labelled predictions",
            "metric",
            "verdict",
            ">now",
            ">95 % interval",
            ">at training",
            ">warning from",
            ">critical from");
    labels.metrics().forEach((name, now) -> table.row(row(name, now)));
    return table.element();
  }

  private Element[] row(String name, Estimate now) {
    TrainedMetric trained = report.trained().get(name);
    return new Element[] {
      Element.of("bdi", name),
      verdict(Performance.statistic(name)),
      span(Shown.number(now.value())),
      span(interval(now)),
      span(trained == null ? "–" : Shown.number(trained.value())),
      span(trained == null ? "–" : limit(trained.warning())),
      span(trained == null ? "–" : limit(trained.critical()))
    };
  }

  private Element verdict(String statistic) {
    return verdict(f -> f.statistic().equals(statistic) && f.slice().isEmpty());
  }

  /** That of the worst such finding; nothing when there is none. */
  private Element verdict(Predicate<Finding> about) {
    return report.findings().stream()
        .filter(about)
        .findFirst()
        .map(found -> SeverityTag.of(found.severity()))
        .orElseGet(() -> span(""));
  }

  private Element slices(LabelReport labels) {
    List<String> metrics = List.copyOf(labels.metrics().keySet());
    List<String> heading = new ArrayList<>(List.of("slice", "verdict", ">rows"));
    metrics.forEach(metric -> heading.add(">" + metric));
    DataTable table = new DataTable("Slices, with 95 % intervals", heading.toArray(String[]::new));
    List<SlicePerformance> slices = labels.slices();
    for (SlicePerformance slice : slices.subList(0, Math.min(MOST_SLICES, slices.size()))) {
      table.row(row(slice, metrics));
    }
    if (slices.size() <= MOST_SLICES) {
      return table.element();
    }
    String more = "The first %d of %d slices.".formatted(MOST_SLICES, slices.size());
    return Element.of("div").add(table.element(), Element.of("p", more));
  }

  private Element[] row(SlicePerformance slice, List<String> metrics) {
    List<Element> cells = new ArrayList<>();
    cells.add(Element.of("bdi", slice.text()));
    cells.add(
        slice.metrics().isEmpty()
            ? SeverityTag.of(Severity.NOT_ENOUGH_DATA)
            : verdict(f -> f.about() == About.PERFORMANCE && f.slice().equals(slice.text())));
    cells.add(span(Shown.count(slice.rows())));
    for (String metric : metrics) {
      Estimate now = slice.metrics().get(metric);
      cells.add(span(now == null ? "–" : Shown.number(now.value()) + " (" + interval(now) + ")"));
    }
    return cells.toArray(Element[]::new);
  }

  /** What the metrics probably are without labels; nothing when nobody can tell. */
  Element[] estimate() {
    EstimatedPerformance estimate = report.estimate();
    DataTable table =
        new DataTable(
            "Estimated metrics",
            "metric",
            "verdict",
            ">now, about",
            ">95 % interval",
            ">at training");
    estimate
        .metrics()
        .forEach(
            (name, now) ->
                table.row(
                    Element.of("bdi", name),
                    verdict(EstimateShape.statistic(name)),
                    span(Shown.number(now.value())),
                    span(interval(now)),
                    span(Shown.number(estimate.atTraining().getOrDefault(name, Double.NaN)))));
    String caveat = "This is " + EstimatedPerformance.CAVEAT + ".";
    return new Element[] {
      Element.of("p", caveat), table.element(), Page.grid(estimatedCharts(estimate))
    };
  }

  private List<Element> estimatedCharts(EstimatedPerformance estimate) {
    List<Element> figures = new ArrayList<>();
    for (Map.Entry<String, Double> metric : estimate.atTraining().entrySet()) {
      double before = metric.getValue();
      double[] values =
          shown.values(w -> before - w.estimatedDrops().getOrDefault(metric.getKey(), Double.NaN));
      if (WindowChart.tells(values)) {
        Threshold limits = limits(EstimateShape.statistic(metric.getKey()));
        Element chart =
            new WindowChart(shown, "estimated " + metric.getKey(), values)
                .training(before)
                .limits(before - limits.warning(), before - limits.critical())
                .element();
        figures.add(Page.figure(metric.getKey(), chart, "An estimate; greater is better."));
      }
    }
    return figures;
  }

  private Threshold limits(String statistic) {
    return report.findings().stream()
        .filter(f -> f.statistic().equals(statistic) && f.slice().isEmpty())
        .findFirst()
        .map(Finding::threshold)
        .orElse(Threshold.NONE);
  }

  private static String interval(Estimate estimate) {
    return Shown.number(estimate.low()) + " to " + Shown.number(estimate.high());
  }

  private static String limit(double level) {
    return Double.isFinite(level) ? Shown.number(level) : "never";
  }

  private static Element span(String text) {
    return Element.of("span", text);
  }
}
