package dev.mlctl.cli;

import dev.mlctl.monitor.MonitorPage;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.export.JunitXml;
import dev.mlctl.monitor.export.OpenMetrics;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files that {@code mlctl monitor} writes for other programs. */
final class MonitorFiles {
  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description = "Write the figures as OpenMetrics text, such as mlctl.prom.")
  private Path metrics;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the findings as JUnit XML; those from --fail-on on are failures.")
  private Path junit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what was found as one HTML file with charts.")
  private Path page;

  /**
   * Writes those that were asked for, each as a whole.
   *
   * @param failsFrom from which severity on a finding is a failure
   */
  void write(MonitorReport report, Optional<Severity> failsFrom) {
    if (metrics != null) {
      WholeFile.write(metrics, OpenMetrics.of(report));
    }
    if (junit != null) {
      WholeFile.write(junit, JunitXml.of(report, failsFrom));
    }
    if (page != null) {
      WholeFile.write(page, MonitorPage.html(report));
    }
  }
}
