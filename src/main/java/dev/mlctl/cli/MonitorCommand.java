package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.LabelSource;
import dev.mlctl.monitor.MonitorPage;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.Monitoring;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.RunSelection;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.Subject;
import dev.mlctl.release.Deployed;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import dev.mlctl.release.RollbackRequest;
import dev.mlctl.release.Verdicts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl monitor}. */
@Command(
    name = "monitor",
    customSynopsis = "mlctl monitor CONFIG|REF [OPTIONS]",
    description = {
      "Judges a release by what its scoring runs saw.",
      "",
      "Compares their profiles with the bundle's baseline: drift of every feature and of the "
          + "prediction, missing values, new categories, values out of range, rejected rows; with "
          + "labels, the metrics too. Exit code 11 when it is critical; such a release is condemned "
          + "in the registry, whatever --fail-on says: no rollback goes back to it by itself. A "
          + "later \"ok\" takes that back."
    })
final class MonitorCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      paramLabel = "CONFIG|REF",
      description = "A monitor.yaml, or bikes@prod with the default thresholds.")
  private String subject;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "critical",
      description = "Exit 11 from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FailOn failOn;

  @Option(names = "--labels", paramLabel = "FILE", description = "The truth, CSV or JSON lines.")
  private Path labels;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "With --labels: the column that names a row, there and in the output.")
  private String key;

  @Option(names = "--last", paramLabel = "N", description = "Judge the newest N runs (default: 1).")
  private Integer last;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Judge runs since a time (2026-01-31T00:00:00Z) or of a duration (P7D).")
  private String since;

  @Option(names = "--run", paramLabel = "ID", description = "Judge this run; may be repeated.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Judge only: keep no verdict, and show what a rollback would do.")
  private boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what was found as one HTML file with charts.")
  private Path page;

  /** From which severity on the exit code is 11. */
  enum FailOn {
    none,
    warning,
    critical
  }

  @Override
  public Integer call() {
    MonitorSpec spec = spec();
    if (!(Reference.parse(spec.model()) instanceof Reference.Release reference)) {
      throw Failure.of(FailureKind.USAGE, "only a release can be monitored, not %s", spec.model())
          .hint("runs are kept beside the release: bikes@prod or bikes@prod#7");
    }
    Releases releases = mlctl.releases();
    ResolvedRelease resolved = releases.resolve(reference);
    Subject judged =
        new Subject(
            resolved.pinned(),
            resolved.digest().substring(resolved.digest().indexOf(':') + 1),
            BundleView.parse(resolved.pinned(), resolved.bundle()));
    Records records = new RegistryRecords(releases, reference.model(), reference.env());
    MonitorReport report = Monitoring.check(spec, judged, records, Clock.systemUTC());
    Optional<String> verdict = dryRun ? Optional.empty() : keepVerdict(releases, resolved, report);
    Optional<Deployed> rollback =
        report.wantsRollback()
            ? Optional.of(rollback(releases, resolved, report))
            : Optional.empty();
    print(report, verdict, rollback);
    if (page != null) {
      WholeFile.write(page, MonitorPage.html(report));
    }
    return fails(report) ? ExitCode.GATE : ExitCode.OK;
  }

  private MonitorSpec spec() {
    if (!isFile(subject)) {
      Mlctl.requireConfig(overrides);
    }
    MonitorSpec spec =
        isFile(subject)
            ? MonitorSpec.from(
                ConfigFile.read(
                    Path.of(subject),
                    MonitorSpec.SHAPE,
                    overrides,
                    mlctl.terminal().environment()::get),
                Folder.of(Path.of(subject)))
            : MonitorSpec.defaults(subject);
    if ((labels == null) != (key == null)) {
      throw Failure.of(FailureKind.USAGE, "--labels and --key go together")
          .hint("the key is a column of the labels that the output passes through");
    }
    spec = labels == null ? spec : spec.withLabels(new LabelSource(labels, key, Optional.empty()));
    Optional<RunSelection> selection = selection();
    return selection.isPresent() ? spec.withRuns(selection.get()) : spec;
  }

  private static boolean isFile(String text) {
    return text.endsWith(".yaml") || text.endsWith(".yml");
  }

  private Optional<RunSelection> selection() {
    if ((last == null ? 0 : 1) + (since == null ? 0 : 1) + (runs.isEmpty() ? 0 : 1) > 1) {
      throw Failure.of(FailureKind.USAGE, "give one of --last, --since and --run");
    }
    try {
      if (last != null) {
        return Optional.of(new RunSelection.Last(last));
      }
      if (since != null) {
        return Optional.of(MonitorSpec.since(since));
      }
      return runs.isEmpty() ? Optional.empty() : Optional.of(new RunSelection.Named(runs));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw Failure.of(FailureKind.USAGE, "cannot choose runs: %s", e.getMessage()).causedBy(e);
    }
  }

  /**
   * The registry remembers what is critical, until a later run is ok. It says nothing of what is in
   * between, and a registry that cannot be written to is a warning: the verdict is out all the
   * same.
   *
   * @return what became of the release, if that is new
   */
  private Optional<String> keepVerdict(
      Releases releases, ResolvedRelease judged, MonitorReport report) {
    var release = judged.release().orElseThrow();
    try {
      Verdicts verdicts = releases.verdicts(release.model(), release.env());
      if (report.severity() == Severity.CRITICAL) {
        return verdicts.condemn(release, report.summary(), critical(report))
            ? Optional.of("condemned")
            : Optional.empty();
      }
      boolean acquitted =
          report.severity() == Severity.OK && verdicts.acquit(release, report.summary());
      return acquitted ? Optional.of("acquitted") : Optional.empty();
    } catch (Failure e) {
      mlctl
          .console()
          .warn("the verdict was not kept, so a rollback knows nothing of it: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Map<String, Object>> critical(MonitorReport report) {
    return report.breaches().stream()
        .filter(finding -> finding.severity() == Severity.CRITICAL)
        .map(Finding::toMap)
        .toList();
  }

  /** Back from the release that was judged, and from no other. */
  private Deployed rollback(Releases releases, ResolvedRelease judged, MonitorReport report) {
    var release = judged.release().orElseThrow();
    return releases.rollback(
        RollbackRequest.of(release.model(), release.env())
            .expectCurrent(release.number())
            .dryRun(dryRun)
            .reason("monitor: " + report.summary()));
  }

  private void print(MonitorReport report, Optional<String> verdict, Optional<Deployed> rollback) {
    Console console = mlctl.console();
    Map<String, Object> map = new LinkedHashMap<>(report.toMap());
    verdict.ifPresent(word -> map.put("verdict", word));
    rollback.ifPresent(done -> map.put("rollback", done.toMap()));
    rollback.ifPresent(done -> ReleaseView.announce(console, done));
    console.result(
        map,
        () ->
            MonitorView.text(report, console.style())
                + verdict.map(word -> report.reference() + " is " + word + "\n").orElse("")
                + rollback.map(done -> "\n" + ReleaseView.text(done, console.style())).orElse(""));
  }

  private boolean fails(MonitorReport report) {
    return switch (failOn) {
      case none -> false;
      case warning -> report.reaches(Severity.WARNING);
      case critical -> report.reaches(Severity.CRITICAL);
    };
  }
}
