package dev.mlctl.cli;

import dev.mlctl.model.Bundle;
import dev.mlctl.release.Reference;
import dev.mlctl.release.ResolvedRelease;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl show}. */
@Command(
    name = "show",
    customSynopsis = "mlctl show REF [OPTIONS]",
    description = "Prints what is in a bundle: signature, model, metrics and where it comes from.")
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      paramLabel = "REF",
      description = "A bundle file, bikes@prod (current release) or bikes@prod#7.")
  private String reference;

  @Override
  public Integer call() {
    ResolvedRelease resolved = mlctl.releases().resolve(Reference.parse(reference));
    Bundle bundle = BundleView.parse(resolved.pinned(), resolved.bundle());
    BundleView view = new BundleView(bundle, resolved.digest(), resolved.bundle().length);
    Console console = mlctl.console();
    console.result(view.toMap(), () -> view.text(console.style()));
    return ExitCode.OK;
  }
}
