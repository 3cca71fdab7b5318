package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Challenge;
import dev.mlctl.release.DeployRequest;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl deploy}. */
@Command(
    name = "deploy",
    customSynopsis = "mlctl deploy BUNDLE --to=ENV [OPTIONS]",
    description = {
      "Makes a bundle the current release of an environment.",
      "",
      "The bundle is proven first: it parses, its golden rows agree, the gates hold and callers of "
          + "the current release can go on as they are; with a policy in mlctl.yaml, it is signed. "
          + "Signatures beside the file (BUNDLE.sigstore.json) are kept with it.",
      "",
      "Deploying what is current already changes nothing and exits 0, so its gates are read but not "
          + "judged again.",
      "",
      "Gates are judged on the metrics in the bundles or, with --gate-data, on labelled rows: the "
          + "bundle and the current release on the same ones. There a metric may be that of a "
          + "slice, and \"rows\" counts: \"auc[sex=Female] >= 0.85\", \"rows[sex=Female] >= 100\".",
      "",
      "With --shadow or --canary the bundle becomes a challenger instead, and the current release "
          + "stays: score runs both, and monitor compares them. Deploying the same bundle without "
          + "them promotes it; rollback --challenger drops it. A canary answers a row when the "
          + "first 16 hexadecimal digits of the SHA-256 of its key, as a fraction of 2^64, are "
          + "below the share."
    })
final class DeployCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      paramLabel = "BUNDLE",
      description = "A bundle file, or a release to promote (bikes@staging).")
  private String bundle;

  @Option(names = "--to", required = true, paramLabel = "ENV", description = "The environment.")
  private String env;

  @Option(
      names = "--gate",
      paramLabel = "EXPR",
      description = {
        "A condition on the metrics, such as \"r2 >= 0.85\" or \"rmse <= 1.02 * current.rmse\"; "
            + "may be repeated."
      })
  private List<String> gates = new ArrayList<>();

  @Option(
      names = "--gate-data",
      paramLabel = "FILE",
      description =
          "Labelled rows to judge the gates on: CSV, JSON lines, Parquet or Avro by its ending.")
  private Path gateData;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
  private String reason = "";

  @Option(
      names = "--expect-current",
      paramLabel = "N",
      description = "Deploy only if release N is the current one (0: none yet).")
  private Long expectCurrent;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Makes it harmless to run the same deploy again.")
  private String idempotencyKey;

  @Option(
      names = "--allow-incompatible",
      description = "Deploy even if callers must change what they send.")
  private boolean allowIncompatible;

  @Option(
      names = "--shadow",
      description = "Try it beside the current release: score rows with it, and answer with none.")
  private boolean shadow;

  @Option(
      names = "--canary",
      paramLabel = "PERCENT",
      description = "Try it beside the current release, and let it answer so many rows (10%%).")
  private String canary;

  @Option(
      names = "--canary-key",
      paramLabel = "COLUMN",
      description = "With --canary: rows alike in this column are answered by the same model.")
  private String canaryKey;

  @Option(names = "--dry-run", description = "Check everything and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Releases releases = mlctl.releases();
    Reference reference = Reference.parse(bundle);
    // A file is held against the policy of the environment it is deployed to, and no other.
    ResolvedRelease resolved =
        reference instanceof Reference.BundleFile
            ? releases.inspect(reference)
            : releases.resolve(reference);
    DeployRequest request =
        DeployRequest.of(resolved.pinned(), resolved.bundle(), env)
            .gates(gates)
            .signatures(resolved.signaturesBeside())
            .reason(reason)
            .allowIncompatible(allowIncompatible)
            .dryRun(dryRun);
    Optional.ofNullable(gateData).ifPresent(request::gateData);
    if (expectCurrent != null) {
      request.expectCurrent(expectCurrent);
    }
    if (idempotencyKey != null) {
      request.idempotencyKey(idempotencyKey);
    }
    Optional<Challenge> challenge = challenge();
    if (challenge.isPresent()) {
      ChallengerView.print(mlctl.console(), releases.challenge(request, challenge.get()));
    } else {
      ReleaseView.print(mlctl.console(), releases.deploy(request));
    }
    return ExitCode.OK;
  }

  private Optional<Challenge> challenge() {
    if (shadow && canary != null) {
      throw Failure.of(FailureKind.USAGE, "give one of --shadow and --canary");
    }
    if (canaryKey != null && canary == null) {
      throw Failure.of(FailureKind.USAGE, "--canary-key needs --canary");
    }
    return canary != null
        ? Optional.of(Challenge.canary(canary, Optional.ofNullable(canaryKey)))
        : shadow ? Optional.of(Challenge.SHADOW) : Optional.empty();
  }
}
