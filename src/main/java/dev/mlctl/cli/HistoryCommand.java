package dev.mlctl.cli;

import dev.mlctl.release.History;
import dev.mlctl.release.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl history}. */
@Command(
    name = "history",
    customSynopsis = "mlctl history NAME@ENV [OPTIONS]",
    description = {
      "Prints every release of a model in an environment, oldest first.",
      "",
      "The whole log is verified on the way: a gap, a broken chain or a changed record is an error. "
          + "A release that monitor found critical is condemned."
    })
final class HistoryCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(paramLabel = "NAME@ENV", description = "The model and its environment.")
  private String target;

  @Override
  public Integer call() {
    Reference.Release release = Reference.parseTarget(target);
    History history = mlctl.releases().history(release.model(), release.env());
    Console console = mlctl.console();
    history.warnings().forEach(console::warn);
    console.result(history.toMap(), () -> ReleaseView.table(history, console.style()));
    return ExitCode.OK;
  }
}
