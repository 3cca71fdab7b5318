package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Pruned;
import dev.mlctl.release.Pruning;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl prune}. */
@Command(
    name = "prune",
    customSynopsis = "mlctl prune [OPTIONS]",
    description = {
      "Deletes bundles that no release refers to, a grace period after it first saw them.",
      "",
      "The first run condemns them and deletes nothing; a later run deletes those that have been "
          + "condemned for the grace period and are still unused. Deploying such a bundle meanwhile "
          + "keeps it. Bundles of past releases, records, run records and verdicts are never "
          + "deleted; nor is anything, unless this command is run."
    })
final class PruneCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Option(
      names = "--grace",
      paramLabel = "PERIOD",
      defaultValue = "P30D",
      description = "From condemned to deleted, a day at least (default: ${DEFAULT-VALUE}).")
  private String grace;

  @Option(names = "--dry-run", description = "Show what would be done and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Pruning pruning =
        new Pruning(mlctl.openRegistry(), mlctl.who(), Clock.systemUTC(), new SecureRandom());
    Pruned pruned = pruning.prune(period(), dryRun);
    UpkeepView.print(mlctl.console(), pruned);
    return ExitCode.OK;
  }

  private Duration period() {
    try {
      return Duration.parse(grace);
    } catch (DateTimeParseException e) {
      throw Failure.of(FailureKind.USAGE, "\"%s\" is not a period for --grace", grace)
          .hint("write days or hours, such as P30D or PT36H")
          .causedBy(e);
    }
  }
}
