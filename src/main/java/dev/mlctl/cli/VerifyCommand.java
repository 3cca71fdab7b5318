package dev.mlctl.cli;

import dev.mlctl.release.Reference;
import dev.mlctl.release.Verification;
import dev.mlctl.release.Verified;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl verify}. */
@Command(
    name = "verify",
    customSynopsis = "mlctl verify [REF] [OPTIONS]",
    description = {
      "Checks every record and every bundle of the registry, or those of REF.",
      "",
      "Each record must be whole, follow the one before it and name a bundle that is there, has its "
          + "digest, parses and still predicts its golden rows. The first fault is named and the "
          + "exit code is 4, or 8 when something cannot be read. Nothing is changed. With -v, what "
          + "is odd but harmless is told too."
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      arity = "0..1",
      paramLabel = "REF",
      description = "bikes@prod (the whole log), bikes@prod#7 (one release) or a bundle file.")
  private String reference;

  @Override
  public Integer call() {
    Console console = mlctl.console();
    Verification verification = new Verification(mlctl.openRegistry(), console.progress());
    Verified verified =
        reference == null ? verification.registry() : verification.of(Reference.parse(reference));
    UpkeepView.print(console, verified, mlctl.verbose());
    return ExitCode.OK;
  }
}
