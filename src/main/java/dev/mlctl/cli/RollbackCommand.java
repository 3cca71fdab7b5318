package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Reference;
import dev.mlctl.release.RollbackRequest;
import java.util.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl rollback}. */
@Command(
    name = "rollback",
    customSynopsis = "mlctl rollback NAME@ENV [OPTIONS]",
    description = {
      "Goes back to the last good release, as a new release.",
      "",
      "A release that was itself rolled back from or revoked, or that monitor found critical, is "
          + "not a good one. The bundle gone back to is proven first, so the environment never "
          + "points at something that does not work. --to goes back to any but a revoked one.",
      "",
      "With --revoke, the same record also marks a bundle as never to be used again in this "
          + "environment: it cannot be deployed, gone back to or scored with any more (exit code "
          + "5). There is no way to take that back.",
      "",
      "With --challenger the release stays, and what is tried beside it (deploy --shadow or "
          + "--canary) is dropped."
    })
final class RollbackCommand implements Callable<Integer> {
  /** What --revoke without a number means. */
  private static final long CURRENT = -1;

  @ParentCommand private Mlctl mlctl;

  @Parameters(paramLabel = "NAME@ENV", description = "The model and its environment.")
  private String target;

  @Option(names = "--to", paramLabel = "N", description = "Go back to release N instead.")
  private Long to;

  @Option(
      names = "--revoke",
      arity = "0..1",
      parameterConsumer = NumberIfAny.class,
      paramLabel = "N",
      description = {
        "Never use the bundle of release N (default: the current one) again. If it is the current "
            + "bundle, go back to the last good release or to --to; if not, stay."
      })
  private Long revoke;

  @Option(
      names = "--allow-none",
      description = "With --revoke: revoke even if no good release is left, and have none.")
  private boolean allowNone;

  @Option(
      names = "--challenger",
      description = "Drop what is tried beside the current release, which stays.")
  private boolean challenger;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
  private String reason = "";

  @Option(
      names = "--expect-current",
      paramLabel = "N",
      description = "Roll back only if release N is the current one.")
  private Long expectCurrent;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Makes it harmless to run the same rollback again.")
  private String idempotencyKey;

  @Option(names = "--dry-run", description = "Check everything and change nothing.")
  private boolean dryRun;

  /** Takes what follows --revoke if it is a number, so that NAME@ENV may stand there too. */
  static final class NumberIfAny implements CommandLine.IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
      boolean number = !rest.isEmpty() && rest.peek().matches("[0-9]{1,18}");
      option.setValue(number ? Long.valueOf(rest.pop()) : Long.valueOf(CURRENT));
    }
  }

  @Override
  public Integer call() {
    if (allowNone && revoke == null) {
      throw Failure.of(FailureKind.USAGE, "--allow-none needs --revoke");
    }
    if (challenger && (to != null || revoke != null || idempotencyKey != null)) {
      throw Failure.of(
              FailureKind.USAGE,
              "--challenger cannot be given with --to, --revoke or --idempotency-key")
          .hint("it leaves the release alone, and dropping twice is harmless");
    }
    Reference.Release release = Reference.parseTarget(target);
    RollbackRequest request =
        RollbackRequest.of(release.model(), release.env())
            .reason(reason)
            .dryRun(dryRun)
            .allowNone(allowNone);
    if (to != null) {
      request.to(to);
    }
    if (revoke != null && revoke == CURRENT) {
      request.revoke();
    } else if (revoke != null) {
      request.revoke(revoke);
    }
    if (expectCurrent != null) {
      request.expectCurrent(expectCurrent);
    }
    if (idempotencyKey != null) {
      request.idempotencyKey(idempotencyKey);
    }
    if (challenger) {
      ChallengerView.print(mlctl.console(), mlctl.releases().drop(request));
    } else {
      ReleaseView.print(mlctl.console(), mlctl.releases().rollback(request));
    }
    return ExitCode.OK;
  }
}
