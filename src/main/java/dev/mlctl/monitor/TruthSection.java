package dev.mlctl.monitor;

import dev.mlctl.page.ConfusionTable;
import dev.mlctl.page.CurveCharts;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Plot;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.List;

/** The part of a page that shows where a classifier errs and how far its probabilities go. */
final class TruthSection {
  /** A table with more classes than this nobody reads on a phone. */
  private static final int MOST_CLASSES = 20;

  private final MonitorReport report;

  TruthSection(MonitorReport report) {
    this.report = report;
  }

  /** The figures that there is something to show for. */
  List<Element> figures() {
    List<Element> figures = new ArrayList<>();
    calibration(figures);
    report.labels().ifPresent(labels -> confusion(labels, figures));
    return figures;
  }

  private void calibration(List<Element> figures) {
    List<CurveCharts.Curve> curves = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    report
        .labels()
        .flatMap(LabelReport::calibration)
        .ifPresent(
            now -> {
              add(now.curves(), "now", curves);
              notes.add(
                  "By labels: calibration error %s, Brier score %s."
                      .formatted(Shown.number(now.error()), Shown.number(now.brier())));
            });
    List<Reliability> before = report.estimate().curves();
    if (curves.size() + before.size() > 0 && curves.size() <= 1 && before.size() <= Plot.STYLES) {
      add(before, "at training", curves);
    }
    if (!before.isEmpty()) {
      String error = Shown.number(report.estimate().calibrationError());
      notes.add("At training, on rows held out: calibration error " + error + ".");
    }
    if (!curves.isEmpty()) {
      Element chart = CurveCharts.calibration("Calibration", curves);
      figures.add(Page.figure("Calibration", chart, String.join(" ", notes)));
    }
  }

  private static void add(List<Reliability> told, String when, List<CurveCharts.Curve> curves) {
    for (Reliability curve : told.subList(0, Math.min(Plot.STYLES, told.size()))) {
      List<Reliability.Bin> bins = curve.bins();
      curves.add(
          new CurveCharts.Curve(
              curve.of() + ", " + when,
              bins.stream().mapToDouble(Reliability.Bin::mean).toArray(),
              bins.stream().mapToDouble(Reliability.Bin::observed).toArray(),
              bins.stream().mapToLong(Reliability.Bin::rows).toArray()));
    }
  }

  private static void confusion(LabelReport labels, List<Element> figures) {
    int classes = labels.classes().size();
    if (classes > 0 && classes <= MOST_CLASSES && labels.counts().joined() > 0) {
      Element table =
          ConfusionTable.of("Labels by what was predicted", labels.classes(), labels.confusion());
      figures.add(Page.figure("Confusion matrix", table, ""));
    }
  }
}
