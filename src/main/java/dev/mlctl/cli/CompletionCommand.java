package dev.mlctl.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl completion}. */
@Command(
    name = "completion",
    customSynopsis = "mlctl completion SHELL",
    description = {
      "Prints the completion script of a shell.",
      "",
      "For bash: source <(mlctl completion bash). For zsh: mlctl completion zsh > "
          + "~/.zfunc/_mlctl, with ~/.zfunc in fpath."
    })
final class CompletionCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** The shells there are scripts for. */
  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    mlctl.console().data(script(shell));
    return ExitCode.OK;
  }

  /** The script; zsh runs the bash one through its own bashcompinit. */
  static String script(Shell shell) {
    String bash = AutoComplete.bash("mlctl", Mlctl.commandLine());
    return shell == Shell.bash
        ? bash
        : "#compdef mlctl\nautoload -U +X bashcompinit && bashcompinit\n" + bash;
  }
}
