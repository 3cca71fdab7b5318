package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.monitor.Finding.About;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of a page that lays the worst columns over what they were at training. */
final class OverlaySection {
  private static final int MOST = 8;
  private static final int NAMED = 3;

  private final MonitorReport report;

  OverlaySection(MonitorReport report) {
    this.report = report;
  }

  boolean isEmpty() {
    return report.rows() == 0 || columns().isEmpty();
  }

  Element content() {
    List<Element> figures = new ArrayList<>();
    Map<String, List<Finding>> columns = columns();
    columns.values().stream().limit(MOST).map(this::figure).forEach(figures::add);
    Element all = Element.of("div").add(Page.grid(figures));
    if (columns.size() > MOST) {
      all.add(Element.of("p", "The worst %d of %d columns.".formatted(MOST, columns.size())));
    }
    return all;
  }

  /** The findings of each column, the worst column first. */
  private Map<String, List<Finding>> columns() {
    Map<String, List<Finding>> columns = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      if (finding.about() == About.FEATURE || finding.about() == About.OUTPUT) {
        // A feature may well be called "prediction".
        String key = finding.about() + " " + finding.column();
        columns.computeIfAbsent(key, name -> new ArrayList<>()).add(finding);
      }
    }
    return columns;
  }

  private Element figure(List<Finding> findings) {
    Finding worst = findings.get(0);
    ColumnProfile before = find(columns(worst, true), worst.column());
    ColumnProfile now = find(columns(worst, false), worst.column());
    Element chart =
        before instanceof NumberProfile numbers
            ? Overlay.numbers(numbers, (NumberProfile) now)
            : Overlay.categories((CategoryProfile) before, (CategoryProfile) now);
    Element verdict =
        Element.of("p").add(SeverityTag.of(worst.severity())).text(" " + verdict(findings));
    String heading =
        worst.column() + (worst.about() == About.OUTPUT ? " (the model's output)" : "");
    return Page.figure(heading, Element.of("div").add(verdict, chart), note(before, now));
  }

  private List<ColumnProfile> columns(Finding finding, boolean baseline) {
    var profile = baseline ? report.compared().baseline() : report.compared().current();
    return finding.about() == About.OUTPUT ? profile.outputs() : profile.features();
  }

  private static ColumnProfile find(List<ColumnProfile> columns, String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** What is breached, or what comes nearest to it. */
  private static String verdict(List<Finding> findings) {
    List<Finding> breached =
        findings.stream().filter(f -> f.severity().compareTo(Severity.WARNING) >= 0).toList();
    return (breached.isEmpty() ? findings.subList(0, 1) : breached)
        .stream().limit(NAMED).map(OverlaySection::told).collect(Collectors.joining("; "));
  }

  private static String told(Finding finding) {
    double limit =
        finding.severity() == Severity.CRITICAL
            ? finding.threshold().critical()
            : Math.min(finding.threshold().warning(), finding.threshold().critical());
    String held =
        Double.isFinite(limit)
            ? " ("
                + (finding.severity() == Severity.CRITICAL ? "critical" : "warning")
                + " from "
                + Shown.brief(limit)
                + ")"
            : "";
    String in = finding.slice().isEmpty() ? "" : " in " + finding.slice();
    return finding.statistic() + in + " " + Shown.brief(finding.value()) + held;
  }

  private static String note(ColumnProfile before, ColumnProfile now) {
    String missing =
        before.missing() == 0 && now.missing() == 0
            ? ""
            : " Missing: %s, now %s."
                .formatted(share(before.missing(), before), share(now.missing(), now));
    return "%s at training, %s now.%s%s"
        .formatted(
            Shown.count(before.count(), "row"),
            Shown.count(now.count()),
            range(before, now),
            missing);
  }

  private static String range(ColumnProfile before, ColumnProfile now) {
    if (!(before instanceof NumberProfile a) || !(now instanceof NumberProfile b)) {
      return "";
    }
    return b.present() == 0
        ? ""
        : " From %s to %s with a mean of %s, now from %s to %s with %s."
            .formatted(
                Shown.brief(a.lowest()),
                Shown.brief(a.highest()),
                Shown.brief(a.mean()),
                Shown.brief(b.min()),
                Shown.brief(b.max()),
                Shown.brief(b.mean()));
  }

  private static String share(long part, ColumnProfile column) {
    return Shown.share(column.count() == 0 ? 0 : (double) part / column.count());
  }
}
