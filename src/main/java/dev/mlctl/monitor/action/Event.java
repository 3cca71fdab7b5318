package dev.mlctl.monitor.action;

import dev.mlctl.config.Json;
import dev.mlctl.monitor.Alert;
import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.JudgedRelease;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told about a check: a CloudEvent. Immutable. */
public final class Event {
  /** CloudEvents asks for less than 64 KiB (specification, section on size limits). */
  private static final int MOST_ALERTS = 50;

  private static final int MOST_RUNS = 50;
  private static final int LINES = 20;
  private static final int ID_BYTES = 16;

  private final String id;
  private final MonitorReport report;
  private final List<Alert> alerts;
  private final String type;

  private Event(String type, MonitorReport report, List<Alert> alerts) {
    this.type = type;
    this.report = report;
    this.alerts = List.copyOf(alerts);
    this.id = digest(List.of(type, report.reference(), report.digest(), keys(), report.runsUsed()));
  }

  /** That a release has alerts. */
  public static Event alert(MonitorReport report) {
    return new Event("dev.mlctl.monitor.alert", report, report.alerts());
  }

  /** That a release which was condemned is ok again. */
  public static Event recovered(MonitorReport report) {
    return new Event("dev.mlctl.monitor.recovered", report, List.of());
  }

  /** The same for the same alerts over the same runs, whenever they are checked. */
  public String id() {
    return id;
  }

  /** The release, such as {@code bikes@prod#7}. */
  public String release() {
    return report.reference();
  }

  /** The worst of the alerts; ok when there is none. */
  public Severity severity() {
    return alerts.stream().map(Alert::severity).reduce(Severity.OK, Severity::or);
  }

  /** One line. */
  public String summary() {
    return report.summary();
  }

  /** What the alerts are about, whatever was measured: the same for the same set of alerts. */
  public List<String> keys() {
    return alerts.stream().map(Event::key).sorted().toList();
  }

  private static String key(Alert alert) {
    Finding finding = alert.finding();
    return Json.write(
        List.of(
            alert.rule(),
            alert.severity().word(),
            finding.about().name(),
            finding.column(),
            finding.slice(),
            finding.statistic()));
  }

  /** One line per alert, the worst first, and what is left out of them when they are many. */
  public List<String> lines() {
    if (alerts.isEmpty()) {
      return List.of(release() + " has recovered: " + summary());
    }
    List<String> lines = new ArrayList<>();
    alerts.stream()
        .limit(LINES)
        .map(
            a -> "%s: %s: %s (%s)".formatted(release(), a.severity().word(), a.message(), a.rule()))
        .forEach(lines::add);
    if (alerts.size() > LINES) {
      lines.add("%s: and %d more alerts".formatted(release(), alerts.size() - LINES));
    }
    return lines;
  }

  /** As CloudEvents' JSON format has it. */
  public Map<String, Object> toMap() {
    JudgedRelease names = JudgedRelease.of(report.reference());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("specversion", "1.0");
    map.put("id", id);
    map.put("source", "/mlctl/models/" + names.model() + "/" + names.environment());
    map.put("type", type);
    map.put("subject", report.reference());
    map.put("time", report.checkedAt().toString());
    map.put("datacontenttype", "application/json");
    map.put("data", data());
    return map;
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("apiVersion", "mlctl/v1");
    data.put("reference", report.reference());
    data.put("digest", report.digest());
    data.put("severity", severity().word());
    data.put("summary", report.summary());
    data.put("rows", report.rows());
    data.put("baseline_rows", report.baselineRows());
    List<String> runs = report.runsUsed();
    data.put("runs_used", runs.size());
    data.put("runs", runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size()));
    data.put("alerts", alerts.stream().limit(MOST_ALERTS).map(Event::withoutNote).toList());
    data.put("alerts_left_out", Math.max(0, alerts.size() - MOST_ALERTS));
    return data;
  }

  /** A note may repeat values of rows, which are nobody's business but the owner's. */
  private static Map<String, Object> withoutNote(Alert alert) {
    Map<String, Object> map = new LinkedHashMap<>(alert.toMap());
    Map<String, Object> finding = new LinkedHashMap<>(alert.finding().toMap());
    finding.remove("note");
    map.put("finding", finding);
    return map;
  }

  /** One line of JSON, in UTF-8, without a line end. */
  byte[] toBytes() {
    return Json.write(toMap()).getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(List<?> parts) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.write(parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
