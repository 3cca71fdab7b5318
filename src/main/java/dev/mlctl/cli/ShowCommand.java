package dev.mlctl.cli;

import dev.mlctl.model.Bundle;
import dev.mlctl.release.Challenger;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl show}. */
@Command(
    name = "show",
    customSynopsis = "mlctl show REF [OPTIONS]",
    description = {
      "Prints what is in a bundle: signature, model, metrics and where it comes from.",
      "",
      "Also who signed it, checked with the keys of the policy in mlctl.yaml, and whether it was "
          + "revoked; a bundle that may not be used can still be looked at."
    })
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      paramLabel = "REF",
      description = "A bundle file, bikes@prod (current release) or bikes@prod#7.")
  private String reference;

  @Override
  public Integer call() {
    Releases releases = mlctl.releases();
    ResolvedRelease resolved = releases.inspect(Reference.parse(reference));
    Bundle bundle = BundleView.parse(resolved.pinned(), resolved.bundle());
    BundleView view = new BundleView(bundle, resolved.digest(), resolved.bundle().length);
    TrustView trust = new TrustView(resolved.revoked(), releases.signatures(resolved));
    Map<String, Object> map = new LinkedHashMap<>(view.toMap());
    map.putAll(trust.toMap());
    Console console = mlctl.console();
    Optional<Challenger> tried = challenger(releases, resolved, console);
    tried.ifPresent(challenger -> map.put("challenger", challenger.toMap()));
    String beside =
        tried.map(challenger -> ChallengerView.beside(reference, challenger)).orElse("");
    console.result(map, () -> beside + trust.text(console.style()) + view.text(console.style()));
    return ExitCode.OK;
  }

  private static Optional<Challenger> challenger(
      Releases releases, ResolvedRelease resolved, Console console) {
    boolean current =
        resolved.reference() instanceof Reference.Release named && named.number().isEmpty();
    return resolved
        .release()
        .filter(release -> current)
        .flatMap(
            release -> releases.challengers(release.model(), release.env()).active(console::warn));
  }
}
