package dev.mlctl.cli;

import dev.mlctl.monitor.LabelCounts;
import dev.mlctl.monitor.LeftOutRun;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.ReportTable;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.WindowReport;
import dev.mlctl.monitor.action.ActionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a check and what was done about it look. */
final class MonitorView {
  private static final int SHOWN_WINDOWS = 12;
  private static final int SHOWN_BREACHES = 8;

  private final Judgement judgement;
  private final MonitorRound.Acted acted;

  MonitorView(Judgement judgement, MonitorRound.Acted acted) {
    this.judgement = judgement;
    this.acted = acted;
  }

  /** To a program. */
  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>(judgement.report().toMap());
    judgement.verdict().ifPresent(word -> map.put("verdict", word));
    acted.rollback().ifPresent(done -> map.put("rollback", done.toMap()));
    acted.challenger().ifPresent(found -> map.put("challenger", found.toMap()));
    map.put("actions", acted.results().stream().map(ActionResult::toMap).toList());
    return map;
  }

  /** To a person. */
  String text(Style style) {
    StringBuilder text = new StringBuilder(report(judgement.report(), style));
    judgement
        .verdict()
        .ifPresent(word -> text.append(judgement.report().reference() + " is " + word + "\n"));
    acted.rollback().ifPresent(done -> text.append("\n" + ReleaseView.text(done, style)));
    text.append(actions(style));
    acted.challenger().ifPresent(found -> text.append(found.text(style)));
    return text.toString();
  }

  private String actions(Style style) {
    if (acted.results().isEmpty()) {
      return "";
    }
    Table table = new Table("ACTION", "OUTCOME", "DETAIL");
    for (ActionResult result : acted.results()) {
      table.row(result.action().type(), result.done().outcome().word(), result.done().detail());
    }
    return "\n" + table.renderWithNotes(style);
  }

  private static String report(MonitorReport report, Style style) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s\n".formatted(style.bold(report.reference()), severity(report.severity(), style)));
    text.append(
        "%s of %s against %s of the baseline\n"
            .formatted(
                Numbers.rows(report.rows()),
                report.runsUsed().size() == 1 ? "1 run" : report.runsUsed().size() + " runs",
                Numbers.rows(report.baselineRows())));
    for (LeftOutRun run : report.runsLeftOut()) {
      text.append("left out: run %s, %s\n".formatted(run.id(), run.reason()));
    }
    text.append('\n').append(table(report.columnTable(), style));
    if (!report.serviceTable().rows().isEmpty()) {
      text.append('\n').append(table(report.serviceTable(), style));
    }
    text.append(windows(report.timeline().windows(), style));
    report.labels().ifPresent(labels -> text.append('\n').append(labels(labels.counts())));
    text.append('\n').append(report.summary()).append('\n');
    if (report.severity() != Severity.OK) {
      report.nextSteps().forEach(step -> text.append(Table.wrapped("- ", step, "  ")));
    }
    return text.toString();
  }

  /** The newest windows, oldest first; nothing when there is but one. */
  private static String windows(List<WindowReport> windows, Style style) {
    if (windows.size() < 2) {
      return "";
    }
    Table table = new Table("WINDOW", ">RELEASE", ">RUNS", ">ROWS", "STATUS", "BREACHED BY");
    for (WindowReport window :
        windows.subList(Math.max(0, windows.size() - SHOWN_WINDOWS), windows.size())) {
      table.row(
          window.label(),
          window.release().isPresent() ? window.release().getAsLong() : "-",
          Numbers.count(window.runs()),
          Numbers.count(window.rows()),
          window.severity().word(),
          breached(window));
    }
    return "\n" + table.renderWithNotes(style);
  }

  private static String breached(WindowReport window) {
    List<String> breached = new ArrayList<>(window.breached());
    window
        .columns()
        .forEach(
            (name, cell) -> {
              if (cell.severity().compareTo(Severity.WARNING) >= 0) {
                breached.add(name);
              }
            });
    int more = breached.size() - SHOWN_BREACHES;
    return breached.stream().limit(SHOWN_BREACHES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String severity(Severity severity, Style style) {
    String word = severity.word().replace('_', ' ');
    return switch (severity) {
      case OK -> style.good(word);
      case NOT_ENOUGH_DATA, WARNING -> style.warning(word);
      case CRITICAL -> style.bad(word);
    };
  }

  static String table(ReportTable report, Style style) {
    Table table = new Table(report.heading().toArray(new String[0]));
    report.rows().forEach(row -> table.row(row.toArray()));
    return table.renderWithNotes(style);
  }

  private static String labels(LabelCounts counts) {
    return "labels: %s predictions joined, %s without a label; %s labels left over\n"
        .formatted(
            Numbers.count(counts.joined()),
            Numbers.count(counts.predictionsUnmatched()),
            Numbers.count(counts.labelsUnmatched()));
  }
}
