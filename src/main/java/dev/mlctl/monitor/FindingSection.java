package dev.mlctl.monitor;

import dev.mlctl.page.DataTable;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.List;

/** The part of a page with all that was measured, and with what the statistics mean. */
final class FindingSection {
  private static final int MOST = 200;

  private final List<Finding> findings;

  /** The findings, worst first. */
  FindingSection(List<Finding> findings) {
    this.findings = findings;
  }

  Element content() {
    DataTable table =
        new DataTable(
            "Findings, worst first",
            "verdict",
            "about",
            "statistic",
            ">value",
            ">warning",
            ">critical",
            ">rows at training",
            ">rows now",
            ">p-value",
            "~note");
    List<Finding> shown = findings.subList(0, Math.min(MOST, findings.size()));
    shown.forEach(finding -> table.row(row(finding)));
    Element all = Page.folded(Shown.count(findings.size(), "finding"), table.element());
    return findings.size() <= MOST
        ? all
        : all.add(
            Element.of(
                "p",
                "The worst %d; all are in the output of mlctl monitor --format json."
                    .formatted(MOST)));
  }

  private static Element[] row(Finding finding) {
    return new Element[] {
      SeverityTag.of(finding.severity()),
      Element.of("bdi", about(finding)),
      span(finding.statistic()),
      span(Shown.number(finding.value())),
      span(limit(finding.threshold().warning())),
      span(limit(finding.threshold().critical())),
      span(finding.baselineRows() == 0 ? "–" : Shown.count(finding.baselineRows())),
      span(Shown.count(finding.currentRows())),
      span(Shown.number(finding.pValue())),
      Element.of("bdi", finding.note())
    };
  }

  private static String about(Finding finding) {
    String what =
        switch (finding.about()) {
          case FEATURE, OUTPUT -> finding.column();
          case PERFORMANCE -> "(performance)";
          case RUNS -> "(runs)";
        };
    return finding.slice().isEmpty() ? what : what + " in " + finding.slice();
  }

  private static String limit(double limit) {
    return Double.isFinite(limit) ? Shown.brief(limit) : "–";
  }

  private static Element span(String text) {
    return Element.of("span", text);
  }

  /** What each statistic that was measured means. */
  Element reading() {
    Element terms = Element.of("dl").styled("facts");
    findings.stream()
        .map(Finding::statistic)
        .distinct()
        .sorted()
        .forEach(
            statistic -> {
              String meaning = meaning(statistic);
              if (!meaning.isEmpty()) {
                terms.add(Element.of("dt", statistic), Element.of("dd", meaning));
              }
            });
    String verdict =
        "A finding is a warning or critical when its value reaches the threshold and chance cannot"
            + " explain it; with too few rows on either side there is no verdict. A window is all"
            + " runs that belong together in time, and is judged by itself. Bars show shares of the"
            + " rows; the outermost are open: they hold all that lies further out. All times are"
            + " UTC.";
    return Page.folded("How to read this", Element.of("p", verdict), terms);
  }

  private static String meaning(String statistic) {
    return switch (statistic) {
      case "psi" ->
          "population stability index: how far two distributions lie apart, 0 when they are alike;"
              + " what chance gives is subtracted";
      case "jensen_shannon" -> "distance of two distributions: 0 alike, 1 nothing in common";
      case "ks" -> "Kolmogorov-Smirnov: the largest gap between the two cumulated shares";
      case "wasserstein" ->
          "how far values moved on average, in standard deviations of the training rows";
      case "chi_squared" -> "Pearson's test of whether the difference may be chance";
      case "missing_increase" -> "by how much the share of missing values rose";
      case "new_categories" -> "the share of values that training never saw";
      case "out_of_range" -> "the share of values outside the range of the training rows";
      case "constant" -> "1 when a column that had several values has one only";
      case "rejected_ratio" -> "rows rejected, of all rows read";
      case "failed_runs" -> "runs that ended in an error";
      case "staleness_hours" -> "hours since the last run ended";
      default -> ofMetric(statistic);
    };
  }

  private static String ofMetric(String statistic) {
    if (EstimateShape.isAbout(statistic)) {
      return "how far the metric, as estimated without labels, lies below the same at training";
    } else if (statistic.endsWith("_drop")) {
      return "how far the metric lies below that at training";
    }
    return statistic.endsWith("_ratio") ? "the error divided by that at training" : "";
  }
}
