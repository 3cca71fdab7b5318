package dev.mlctl.monitor;

import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import dev.mlctl.page.Timeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A judgement as a page, for whoever is woken by it: what is amiss and what to do come first, then
 * what happened over time, then all that was measured. Sections with nothing to show are left out.
 */
public final class MonitorPage {
  private static final int MOST_EVENTS = 30;
  private static final int FIRST_EVENTS = 6;
  private static final int MOST_ALERTS = 100;
  private static final int FIRST_ALERTS = 8;
  private static final int DIGITS = 12;

  private final MonitorReport report;
  private final ShownWindows shown;

  private MonitorPage(MonitorReport report) {
    this.report = report;
    this.shown = ShownWindows.of(report.timeline());
  }

  /** The page; the same report gives the same page. */
  public static String html(MonitorReport report) {
    MonitorPage page = new MonitorPage(report);
    return page.page().html();
  }

  private Page page() {
    Severity severity = report.severity();
    Page page =
        new Page(
            SeverityTag.sign(severity)
                + " "
                + report.reference()
                + ": "
                + SeverityTag.words(severity),
            "Checked %s UTC; bundle %s"
                .formatted(time(report.checkedAt()), report.digest().substring(0, DIGITS)));
    page.section("verdict", "Verdict", new VerdictSection(report).content());
    page.section("next", "What to do next", next());
    if (!report.alerts().isEmpty()) {
      page.section("alerts", "Alerts", alerts());
    }
    if (!report.timeline().events().isEmpty()) {
      page.section("releases", "Releases", releases());
    }
    DriftSection drift = new DriftSection(report, shown);
    if (!drift.isEmpty()) {
      page.section("drift", "Drift over time", drift.content());
    }
    metrics(page);
    OverlaySection overlays = new OverlaySection(report);
    if (!overlays.isEmpty()) {
      page.section("columns", "Columns then and now", overlays.content());
    }
    performance(page);
    FindingSection findings = new FindingSection(report.findings());
    if (!report.findings().isEmpty()) {
      page.section("findings", "All findings", findings.content(), findings.reading());
    }
    return page;
  }

  private void metrics(Page page) {
    MetricSection metrics = new MetricSection(report, shown);
    section(page, "metrics", "Metrics over time", metrics.charts());
    if (!report.estimate().metrics().isEmpty()) {
      page.section("estimate", "Metrics as estimated without labels", metrics.estimate());
    }
    section(page, "runs", "Runs over time", new ServiceSection(report, shown).charts());
  }

  private void performance(Page page) {
    report
        .labels()
        .ifPresent(
            labels ->
                page.section(
                    "performance",
                    "Performance by labels",
                    new MetricSection(report, shown).tables(labels)));
    section(page, "truth", "Predictions and truth", new TruthSection(report).figures());
  }

  private void section(Page page, String id, String heading, List<Element> figures) {
    if (!figures.isEmpty()) {
      page.section(id, heading, Page.grid(figures));
    }
  }

  private Element next() {
    Element steps = Element.of("ol").styled("steps");
    report.nextSteps().forEach(step -> steps.add(Element.of("li").name(step)));
    return steps;
  }

  private Element[] alerts() {
    List<Element> list = new ArrayList<>();
    report.alerts().stream().limit(MOST_ALERTS).map(MonitorPage::alert).forEach(list::add);
    return parts(list, FIRST_ALERTS, report.alerts().size(), MonitorPage::alertList);
  }

  private static Element alertList(List<Element> items) {
    return Element.of("ul").styled("findings").add(items);
  }

  private static Element alert(Alert alert) {
    Finding finding = alert.finding();
    Element text = Element.of("span").name(alert.message() + limit(alert));
    if (!alert.rule().equals(Alert.THRESHOLDS)) {
      text.text(", by rule ").name(alert.rule());
    }
    if (alert.of() > 1) {
      text.text(", in %d of %d windows".formatted(alert.breached(), alert.of()));
    }
    // What is noted of a column is beside its chart and among all findings.
    if (finding.column().isEmpty() && !finding.note().isEmpty()) {
      text.add(Element.of("br"), Element.of("small").name(finding.note()));
    }
    return Element.of("li").add(SeverityTag.of(alert.severity()), text);
  }

  /** The first of a list, and more of it folded. */
  private static Element[] parts(
      List<Element> items, int first, int all, Function<List<Element>, Element> list) {
    if (items.size() <= first) {
      return new Element[] {list.apply(items)};
    }
    Element more =
        Page.folded((all - first) + " more", list.apply(items.subList(first, items.size())));
    if (all > items.size()) {
      more.add(Element.of("p", "These are %d of %d.".formatted(items.size(), all)));
    }
    return new Element[] {list.apply(items.subList(0, first)), more};
  }

  private static String limit(Alert alert) {
    Threshold threshold = alert.finding().threshold();
    boolean critical = alert.severity() == Severity.CRITICAL;
    double limit = critical ? threshold.critical() : threshold.warning();
    return Double.isFinite(limit)
        ? " (%s from %s%s)"
            .formatted(
                alert.severity().word(), Shown.brief(limit), threshold.below() ? " down" : "")
        : "";
  }

  private Element[] releases() {
    List<ReleaseEvent> newest = new ArrayList<>(report.timeline().events());
    Collections.reverse(newest);
    int shownEvents = Math.min(MOST_EVENTS, newest.size());
    Element first = events(newest.subList(0, Math.min(FIRST_EVENTS, shownEvents)));
    if (shownEvents <= FIRST_EVENTS) {
      return new Element[] {first};
    }
    String summary = (shownEvents - FIRST_EVENTS) + " older ones";
    return new Element[] {
      first, Page.folded(summary, events(newest.subList(FIRST_EVENTS, shownEvents)))
    };
  }

  private Element events(List<ReleaseEvent> newestFirst) {
    Timeline timeline = new Timeline("Releases, the newest first");
    for (ReleaseEvent event : newestFirst) {
      boolean judged = event.digest().equals(report.digest());
      timeline.event(
          style(event.kind()),
          time(event.at()),
          event.kind() + " #" + event.release() + (judged ? " (the bundle judged here)" : ""),
          event.reason());
    }
    return timeline.element();
  }

  private static String style(String kind) {
    return switch (kind) {
      case "deploy" -> "ok";
      case "rollback" -> "warning";
      case "revoke" -> "critical";
      default -> "none";
    };
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES).toString().substring(0, 16).replace('T', ' ');
  }
}
