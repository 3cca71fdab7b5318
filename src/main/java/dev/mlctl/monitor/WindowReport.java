package dev.mlctl.monitor;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A window of the history, judged by itself. Immutable.
 *
 * @param label what it is called: a month, a day, the time a run started
 * @param start when it begins
 * @param end when it ends, or its last run did
 * @param digest of the bundle its runs were scored with, 64 hexadecimal digits
 * @param release the release they name, if they do
 * @param runs how many runs, failed ones included
 * @param failed how many of them failed
 * @param rows rows that passed the model
 * @param severity the worst of its findings, taken by themselves; {@code NOT_ENOUGH_DATA} when too
 *     few rows passed
 * @param columns by the column's name, in the model's order, outputs last
 * @param service what the runs themselves tell, by statistic
 * @param metrics what labels tell, by metric; empty without labels
 * @param estimatedDrops how far each metric, as estimated without labels, lies below the same
 *     estimate at training
 * @param breached what of service and metrics is a warning or critical, by statistic
 */
public record WindowReport(
    String label,
    Instant start,
    Instant end,
    String digest,
    OptionalLong release,
    int runs,
    int failed,
    long rows,
    Severity severity,
    Map<String, Cell> columns,
    Map<String, Double> service,
    Map<String, Estimate> metrics,
    Map<String, Double> estimatedDrops,
    List<String> breached) {
  /** Copies. */
  public WindowReport {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    service = Collections.unmodifiableMap(new LinkedHashMap<>(service));
    breached = List.copyOf(breached);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    estimatedDrops = Collections.unmodifiableMap(new LinkedHashMap<>(estimatedDrops));
  }

  /**
   * A column in a window.
   *
   * @param severity its worst finding's
   * @param statistic which one that is
   * @param value what was measured; NaN when it cannot be
   * @param pressure how far along the way to its warning threshold; 1 is there
   */
  public record Cell(Severity severity, String statistic, double value, double pressure) {}

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("window", label);
    map.put("start", start.toString());
    map.put("end", end.toString());
    map.put("digest", "sha256:" + digest);
    release.ifPresent(number -> map.put("release", number));
    map.put("runs", runs);
    map.put("failed_runs", failed);
    map.put("rows", rows);
    map.put("severity", severity.word());
    Map<String, Object> ofColumns = new LinkedHashMap<>();
    columns.forEach(
        (name, cell) -> {
          if (cell.severity().compareTo(Severity.WARNING) >= 0) {
            ofColumns.put(name, cellMap(cell));
          }
        });
    map.put("breaches", ofColumns);
    map.put("breached", breached);
    if (!metrics.isEmpty()) {
      map.put("metrics", LabelReport.metricsMap(metrics));
    }
    return map;
  }

  private static Map<String, Object> cellMap(Cell cell) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("severity", cell.severity().word());
    map.put("statistic", cell.statistic());
    map.put("value", cell.value());
    return map;
  }

  /** The worst of a column's findings in a few words. */
  static Cell cell(List<Finding> findings) {
    Finding worst = findings.stream().max(Finding.BY_BADNESS).orElseThrow();
    return new Cell(worst.severity(), worst.statistic(), worst.value(), worst.pressure());
  }
}
