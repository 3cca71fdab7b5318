package dev.mlctl.monitor;

import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The part of a page that shows how the runs themselves went over time. */
final class ServiceSection {
  private static final int MOST = 11;

  private final MonitorReport report;
  private final ShownWindows shown;

  ServiceSection(MonitorReport report, ShownWindows shown) {
    this.report = report;
    this.shown = shown;
  }

  /** The charts; none when there is one window. */
  List<Element> charts() {
    List<Element> figures = new ArrayList<>();
    double[] rows = shown.values(WindowReport::rows);
    if (WindowChart.tells(rows)) {
      figures.add(
          Page.figure("rows", new WindowChart(shown, "rows", rows).fromZero().element(), ""));
    }
    Set<String> statistics = new LinkedHashSet<>();
    shown.windows().forEach(window -> statistics.addAll(window.service().keySet()));
    for (String statistic : statistics) {
      double[] values =
          shown.values(window -> window.service().getOrDefault(statistic, Double.NaN));
      boolean isFault = statistic.equals("failed_runs") || statistic.equals("rejected_ratio");
      boolean never = isFault && shown.windows().stream().allMatch(w -> isZero(w, statistic));
      if (WindowChart.tells(values) && !never && figures.size() <= MOST) {
        figures.add(Page.figure(statistic, chart(statistic, values), ""));
      }
    }
    return figures;
  }

  private static boolean isZero(WindowReport window, String statistic) {
    return window.service().getOrDefault(statistic, 0.0) == 0;
  }

  private Element chart(String statistic, double[] values) {
    Threshold limits =
        report.findings().stream()
            .filter(f -> f.statistic().equals(statistic))
            .findFirst()
            .map(Finding::threshold)
            .orElse(Threshold.NONE);
    return new WindowChart(shown, statistic, values)
        .limits(limits.warning(), limits.critical())
        .fromZero()
        .element();
  }
}
