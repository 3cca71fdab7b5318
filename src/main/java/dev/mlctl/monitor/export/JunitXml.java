package dev.mlctl.monitor.export;

import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.Finding.About;
import dev.mlctl.monitor.JudgedRelease;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.Severity;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A report as JUnit XML, within what Jenkins' junit-10.xsd allows, which GitLab and others read as
 * well: a suite for each thing findings are about, and a test case for each finding. Too few rows
 * to tell is a skipped test.
 */
public final class JunitXml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Comparator<Finding> BY_NAME =
      Comparator.comparing(Finding::column)
          .thenComparing(Finding::slice)
          .thenComparing(Finding::statistic);

  private final MonitorReport report;
  private final Optional<Severity> failsFrom;
  private final StringBuilder out = new StringBuilder();

  private JunitXml(MonitorReport report, Optional<Severity> failsFrom) {
    this.report = report;
    this.failsFrom = failsFrom;
  }

  /**
   * The document.
   *
   * @param failsFrom which findings are failures: those at least as bad; empty for none
   */
  public static String of(MonitorReport report, Optional<Severity> failsFrom) {
    return new JunitXml(report, failsFrom).document();
  }

  private String document() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    attribute("name", "mlctl monitor " + report.reference());
    attribute("tests", report.findings().size());
    attribute("failures", failures(report.findings()));
    attribute("errors", 0);
    attribute("time", 0);
    out.append(">\n");
    for (About about : About.values()) {
      List<Finding> findings =
          report.findings().stream().filter(f -> f.about() == about).sorted(BY_NAME).toList();
      if (!findings.isEmpty()) {
        suite(about, findings);
      }
    }
    return out.append("</testsuites>\n").toString();
  }

  private void suite(About about, List<Finding> findings) {
    out.append("  <testsuite");
    attribute("name", word(about));
    attribute("tests", findings.size());
    attribute("failures", failures(findings));
    attribute("errors", 0);
    attribute("skipped", findings.stream().filter(JunitXml::isSkipped).count());
    attribute("time", 0);
    attribute("timestamp", TIME.format(report.checkedAt()));
    out.append(">\n    <properties>\n");
    properties().forEach(this::property);
    out.append("    </properties>\n");
    findings.forEach(this::testcase);
    out.append("  </testsuite>\n");
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("reference", report.reference());
    properties.put("digest", report.digest());
    properties.put("severity", report.severity().word());
    properties.put("rows", report.rows());
    properties.put("baseline_rows", report.baselineRows());
    properties.put("runs", report.runsUsed().size());
    return properties;
  }

  private void property(String name, Object value) {
    out.append("      <property");
    attribute("name", name);
    attribute("value", value);
    out.append("/>\n");
  }

  private void testcase(Finding finding) {
    JudgedRelease names = JudgedRelease.of(report.reference());
    out.append("    <testcase");
    attribute("name", name(finding));
    attribute(
        "classname",
        "mlctl.%s.%s.%s".formatted(names.model(), names.environment(), word(finding.about())));
    attribute("time", 0);
    out.append(">\n");
    if (isSkipped(finding)) {
      out.append("      <skipped");
      attribute("message", "not enough data: " + finding.currentRows() + " rows");
      out.append("/>\n");
    } else if (fails(finding)) {
      out.append("      <failure");
      attribute("type", finding.severity().word());
      attribute("message", told(finding));
      out.append('>').append(escaped(figures(finding))).append("</failure>\n");
    }
    out.append("      <system-out>").append(escaped(figures(finding))).append("</system-out>\n");
    out.append("    </testcase>\n");
  }

  private static String name(Finding finding) {
    String of = finding.column().isEmpty() ? "" : " of " + finding.column();
    return finding.statistic() + of + (finding.slice().isEmpty() ? "" : " in " + finding.slice());
  }

  private static String told(Finding finding) {
    double limit =
        finding.severity() == Severity.CRITICAL
            ? finding.threshold().critical()
            : finding.threshold().warning();
    String is = name(finding) + " is " + finding.value();
    String down = finding.threshold().below() ? " down" : "";
    return Double.isFinite(limit)
        ? is + ", " + finding.severity().word() + " from " + limit + down
        : is;
  }

  private static String figures(Finding finding) {
    StringBuilder text = new StringBuilder();
    finding.toMap().forEach((key, value) -> text.append(key + ": " + value + "\n"));
    return text.toString();
  }

  private long failures(List<Finding> findings) {
    return findings.stream().filter(this::fails).count();
  }

  private boolean fails(Finding finding) {
    return !isSkipped(finding)
        && failsFrom.isPresent()
        && finding.severity().compareTo(failsFrom.get()) >= 0;
  }

  private static boolean isSkipped(Finding finding) {
    return finding.severity() == Severity.NOT_ENOUGH_DATA;
  }

  private static String word(About about) {
    return about.name().toLowerCase(Locale.ROOT);
  }

  private void attribute(String name, Object value) {
    String text = escaped(String.valueOf(value)).replace("\n", "&#10;").replace("\t", "&#9;");
    out.append(' ').append(name).append("=\"").append(text).append('"');
  }

  /** What XML 1.0 cannot hold at all becomes U+FFFD. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
