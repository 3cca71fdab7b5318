package dev.mlctl.cli;

import dev.mlctl.monitor.LabelCounts;
import dev.mlctl.monitor.LeftOutRun;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.ReportTable;
import dev.mlctl.monitor.Severity;

/** How a monitoring report looks to a person. */
final class MonitorView {
  private MonitorView() {}

  static String text(MonitorReport report, Style style) {
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
    report.labels().ifPresent(labels -> text.append('\n').append(labels(labels.counts())));
    return text.append('\n').append(report.summary()).append('\n').toString();
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
