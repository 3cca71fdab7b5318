package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
          + "later \"ok\" takes that back.",
      "",
      "The actions of CONFIG tell a log, a file, a webhook or a program, roll back or train anew. "
          + "One that fails is a warning and part of the result; the exit code stays what the "
          + "findings make it.",
      "",
      "What is tried beside the release (deploy --shadow or --canary) is compared with it, and "
          + "promoted or dropped by the rules in the section \"challenger\" of CONFIG."
    })
final class MonitorCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Mixin private MonitorSubject subject;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "critical",
      description = "Exit 11 from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FailOn failOn;

  @Mixin private MonitorFiles files;

  @Option(
      names = "--watch",
      arity = "0..1",
      paramLabel = "TIME",
      converter = DurationText.class,
      preprocessor = OptionalTime.class,
      description = {
        "Check again and again, after each TIME (90s, PT5M; 5 minutes if not given), until "
            + "interrupted. Actions are repeated when the alerts change."
      })
  private Duration watch;

  @Option(
      names = "--dry-run",
      description = "Judge only: keep no verdict, and show what actions would do.")
  private boolean dryRun;

  /** From which severity on the exit code is 11. */
  enum FailOn {
    none,
    warning,
    critical;

    /** The severity; empty for none. */
    Optional<Severity> severity() {
      return switch (this) {
        case none -> Optional.empty();
        case warning -> Optional.of(Severity.WARNING);
        case critical -> Optional.of(Severity.CRITICAL);
      };
    }
  }

  @Override
  public Integer call() {
    if (watch != null) {
      return new MonitorWatch(mlctl, subject, dryRun, this::write).run(watch);
    }
    MonitorRound round = new MonitorRound(mlctl, dryRun);
    Judgement judgement = round.judge(subject.spec(mlctl.terminal().environment()));
    MonitorRound.Acted acted = round.act(judgement, action -> true);
    MonitorView view = new MonitorView(judgement, acted);
    mlctl.console().result(view.map(), () -> view.text(mlctl.console().style()));
    return write(judgement.report()) ? ExitCode.GATE : ExitCode.OK;
  }

  /** Writes the files; when the findings already decide the exit code, a failure is a warning. */
  private boolean write(MonitorReport report) {
    Optional<Severity> failsFrom = failOn.severity();
    boolean fails = failsFrom.isPresent() && report.reaches(failsFrom.get());
    try {
      files.write(report, failsFrom);
    } catch (Failure e) {
      if (!fails) {
        throw e;
      }
      mlctl.console().warn(e.getMessage());
    }
    return fails;
  }
}
