package dev.mlctl.cli;

import dev.mlctl.monitor.LabelCounts;
import dev.mlctl.monitor.LeftOutRun;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.ReportTable;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.WindowReport;
import dev.mlctl.monitor.action.ActionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a check and what was done about it look. */
final class MonitorView {
  private static final int SHOWN_WINDOWS = 12;

  /** The width of a terminal that nobody made wider. */
  private static final int TERMINAL = 80;

  /** What a note under a window's line has of that. */
  private static final int NOTE = 56;

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
    return text.append(actions(style)).toString();
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
      report.nextSteps().forEach(step -> text.append(item(step)));
    }
    return text.toString();
  }

  /** The newest windows, oldest first; nothing when there is but one. */
  private static String windows(List<WindowReport> windows, Style style) {
    if (windows.size() < 2) {
      return "";
    }
    Table table = new Table("WINDOW", ">RELEASE", ">RUNS", ">ROWS", "STATUS", "NOTE");
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

  /** As many names as fit a line beside the window's own. */
  private static String breached(WindowReport window) {
    List<String> columns =
        window.columns().entrySet().stream()
            .filter(column -> column.getValue().severity().compareTo(Severity.WARNING) >= 0)
            .map(Map.Entry::getKey)
            .toList();
    if (columns.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("breached by ").append(columns.get(0));
    int shown = 1;
    while (shown < columns.size()
        && text.length() + columns.get(shown).length() < NOTE - " and 100 more".length()) {
      text.append(", ").append(columns.get(shown++));
    }
    int more = columns.size() - shown;
    return more == 0 ? text.toString() : text + " and " + more + " more";
  }

  /** A sentence as an item of a list, on lines that fit a terminal. */
  private static String item(String sentence) {
    StringBuilder text = new StringBuilder("-");
    int width = 1;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = width + 1 + word.length() <= TERMINAL;
      text.append(fits ? " " : "\n  ").append(word);
      width = (fits ? width + 1 : 2) + word.length();
    }
    return text.append('\n').toString();
  }

  private static String severity(Severity severity, Style style) {
    String word = severity.word().replace('_', ' ');
    return switch (severity) {
      case OK -> style.good(word);
      case NOT_ENOUGH_DATA, WARNING -> style.warning(word);
      case CRITICAL -> style.bad(word);
    };
  }

  private static String table(ReportTable report, Style style) {
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
