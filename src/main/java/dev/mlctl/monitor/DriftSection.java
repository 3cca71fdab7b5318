package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;
import dev.mlctl.page.Element;
import dev.mlctl.page.HeatMap;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of a page that shows how each column fared over time. */
final class DriftSection {
  private static final int MOST_COLUMNS = 40;

  private final MonitorReport report;
  private final ShownWindows shown;

  DriftSection(MonitorReport report, ShownWindows shown) {
    this.report = report;
    this.shown = shown;
  }

  /** Whether there is nothing to see: one window has no course. */
  boolean isEmpty() {
    return shown.windows().size() < 2
        || shown.windows().stream().allMatch(window -> window.columns().isEmpty());
  }

  Element content() {
    List<String> columns = worstFirst();
    HeatMap map = new HeatMap("The worst finding of each column in each window", shown.names());
    Set<String> judged =
        shown.windows().stream()
            .filter(window -> window.digest().equals(report.digest()))
            .map(ShownWindows::release)
            .collect(Collectors.toSet());
    map.groups(shown.windows().stream().map(ShownWindows::release).toList(), judged);
    map.row("whole window", shown.windows().stream().map(DriftSection::whole).toList());
    for (String column : columns.subList(0, Math.min(MOST_COLUMNS, columns.size()))) {
      map.row(column, shown.windows().stream().map(w -> cell(w.columns().get(column))).toList());
    }
    Element all = Element.of("div").add(map.element());
    String notes = notes(columns.size());
    return notes.isEmpty() ? all : all.add(Element.of("p", notes));
  }

  /** By what is judged now, then by how often there was something amiss. */
  private List<String> worstFirst() {
    Map<String, Severity> now = new HashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Finding finding : report.findings()) {
      if (finding.about() == About.FEATURE || finding.about() == About.OUTPUT) {
        now.merge(finding.column(), finding.severity(), Severity::or);
        names.add(finding.column());
      }
    }
    Map<String, Integer> breaches = new HashMap<>();
    for (WindowReport window : shown.windows()) {
      window
          .columns()
          .forEach(
              (name, cell) -> {
                names.add(name);
                boolean breached = cell.severity().compareTo(Severity.WARNING) >= 0;
                breaches.merge(name, breached ? 1 : 0, Integer::sum);
              });
    }
    Comparator<String> byBadness =
        Comparator.comparing((String name) -> now.getOrDefault(name, Severity.OK))
            .thenComparing(name -> breaches.getOrDefault(name, 0))
            .reversed();
    return names.stream().sorted(byBadness).toList();
  }

  private static HeatMap.Cell whole(WindowReport window) {
    String runs = window.failed() == 0 ? "" : ", " + window.failed() + " of them failed";
    String text =
        SeverityTag.words(window.severity())
            + ": "
            + Shown.count(window.rows(), "row")
            + " of "
            + Shown.count(window.runs(), "run")
            + runs;
    return new HeatMap.Cell(SeverityTag.level(window.severity()), text, 0);
  }

  private static HeatMap.Cell cell(WindowReport.Cell cell) {
    if (cell == null) {
      return HeatMap.Cell.NONE;
    }
    String text =
        "%s: %s %s, %s of its first threshold"
            .formatted(
                SeverityTag.words(cell.severity()),
                cell.statistic(),
                Shown.number(cell.value()),
                Shown.share(Math.max(0, cell.pressure())));
    return new HeatMap.Cell(SeverityTag.level(cell.severity()), text, cell.pressure());
  }

  private String notes(int columns) {
    List<String> notes = new ArrayList<>();
    if (columns > MOST_COLUMNS) {
      notes.add("The worst %d of %d columns.".formatted(MOST_COLUMNS, columns));
    }
    if (shown.leftOut() > 0) {
      notes.add(shown.note());
    }
    boolean others = shown.windows().stream().anyMatch(w -> !w.digest().equals(report.digest()));
    if (others) {
      notes.add(
          "Each window is held against the training of the bundle that scored it; releases in bold"
              + " are of the bundle judged here.");
    }
    return String.join(" ", notes);
  }
}
