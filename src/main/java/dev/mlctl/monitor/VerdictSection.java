package dev.mlctl.monitor;

import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a page that says what it all comes to, and what was looked at. */
final class VerdictSection {
  private static final int MOST_LEFT_OUT = 20;

  private final MonitorReport report;

  VerdictSection(MonitorReport report) {
    this.report = report;
  }

  Element[] content() {
    List<Element> parts = new ArrayList<>();
    Severity severity = report.severity();
    parts.add(
        Element.of("p")
            .styled("verdict")
            .add(SeverityTag.of(severity))
            .name(report.summary().replaceFirst("^[a-z ]+: ", "")));
    Element cards = Element.of("dl").styled("cards");
    card(
        cards,
        "rows",
        Shown.count(report.rows()),
        "in " + Shown.count(report.runsUsed().size(), "run"));
    card(
        cards,
        "breaches",
        Shown.count(report.breaches().size()),
        "of " + Shown.count(report.findings().size(), "finding"));
    finding("staleness_hours")
        .ifPresent(age -> card(cards, "last run", age(age.value()), "before this check"));
    finding("rejected_ratio")
        .ifPresent(f -> card(cards, "rejected", Shown.share(f.value()), "of rows read"));
    parts.add(cards);
    if (!report.runsLeftOut().isEmpty()) {
      parts.add(leftOut());
    }
    return parts.toArray(Element[]::new);
  }

  private static void card(Element cards, String name, String value, String more) {
    cards.add(
        Element.of("div")
            .add(Element.of("dt", name))
            .add(Element.of("dd", value).add(Element.of("small", more))));
  }

  private Optional<Finding> finding(String statistic) {
    return report.findings().stream().filter(f -> f.statistic().equals(statistic)).findFirst();
  }

  private static String age(double hours) {
    if (hours < 1) {
      return Math.round(hours * 60) + " min";
    }
    return hours < 48 ? Math.round(hours) + " h" : Math.round(hours / 24) + " days";
  }

  private Element leftOut() {
    Element list = Element.of("ul");
    List<LeftOutRun> runs = report.runsLeftOut();
    for (LeftOutRun run : runs.subList(0, Math.min(MOST_LEFT_OUT, runs.size()))) {
      list.add(Element.of("li").name(run.id() + ": " + run.reason()));
    }
    Element folded = Page.folded(Shown.count(runs.size(), "run") + " not compared", list);
    return runs.size() <= MOST_LEFT_OUT
        ? folded
        : folded.add(Element.of("p", "and " + (runs.size() - MOST_LEFT_OUT) + " more"));
  }
}
