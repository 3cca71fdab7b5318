package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Task;
import dev.mlctl.release.DeployRequest;
import dev.mlctl.release.Deployed;
import dev.mlctl.release.SignatureFile;
import dev.mlctl.release.signing.ModelSignature;
import dev.mlctl.release.signing.SigningKey;
import dev.mlctl.train.Algorithm;
import dev.mlctl.train.RunDirectory;
import dev.mlctl.train.TrainResult;
import dev.mlctl.train.TrainSpec;
import dev.mlctl.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl train}. */
@Command(
    name = "train",
    customSynopsis = "mlctl train CONFIG|--data=FILE --target=COLUMN [OPTIONS]",
    description = {
      "Trains a model and writes a run directory.",
      "",
      "From a train.yaml, or for the simple case from a file and the column to predict. Says what "
          + "was made of each column, how good the model is on rows it never saw, and whether the "
          + "gates hold (exit code 11 if not)."
    })
final class TrainCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "The train.yaml.")
  private Path config;

  @Option(names = "--data", paramLabel = "FILE", description = "Instead of CONFIG: a CSV file.")
  private Path data;

  @Option(names = "--target", paramLabel = "COLUMN", description = "With --data: what to predict.")
  private String target;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "With --data: regression or classification (default: what the target is).")
  private String task;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "With --data: the algorithm (default: gradient_boosting).")
  private String algorithm;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "With --data: the model's name (default: after the file).")
  private String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG, such as params.trees=50; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The run directory (default: runs/NAME-1, -2, ...).")
  private Path output;

  @Option(
      names = "--deploy-to",
      paramLabel = "ENV",
      description = "Serialize and deploy to this environment too, if all gates hold.")
  private String deployTo;

  @Option(
      names = "--sign-key",
      paramLabel = "FILE",
      description = "With --deploy-to: sign the bundle with this private key (see serialize).")
  private Path signKey;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "With --deploy-to: why, for the history.")
  private String reason;

  @Option(
      names = "--expect-current",
      paramLabel = "N",
      description = "With --deploy-to: deploy only if release N is current then (0: none yet).")
  private Long expectCurrent;

  @Override
  public Integer call() {
    mlctl.startLog();
    Console console = mlctl.console();
    TrainSpec spec = spec();
    requireDeployTo();
    Optional<SigningKey> key = signKey();
    Path run = output == null ? RunNames.next(Path.of("runs"), spec.model()) : output;
    Training.Environment environment =
        new Training.Environment(
            Version.number(), GitCommit.of(Path.of("")), currentMetrics(spec), System::nanoTime);
    TrainResult result = Training.run(spec, run, environment, console.progress());
    Map<String, Object> map = new LinkedHashMap<>(result.toMap());
    map.put("run", run.toString());
    map.put("report", run.resolve(RunDirectory.REPORT).toString());
    TrainView view = new TrainView(result);
    if (deployTo == null) {
      console.result(map, () -> view.text(console.style()));
      return ExitCode.OK;
    }
    byte[] bundle = result.bundle().toBytes();
    DeployRequest request =
        DeployRequest.of(run.toString(), bundle, deployTo)
            .signatures(key.map(k -> sign(k, spec.model(), bundle)).stream().toList())
            .gates(spec.gates())
            .reason(reason == null ? "by mlctl train" : reason);
    if (expectCurrent != null) {
      request.expectCurrent(expectCurrent);
    }
    Deployed deployed = mlctl.releases().deploy(request);
    ReleaseView.announce(console, deployed);
    map.put("deployed", deployed.toMap());
    console.result(map, () -> view.text(console.style()) + "\n" + ReleaseView.outcome(deployed));
    return ExitCode.OK;
  }

  private void requireDeployTo() {
    if (deployTo == null && (reason != null || expectCurrent != null)) {
      throw Failure.of(
          FailureKind.USAGE,
          "%s needs --deploy-to",
          reason == null ? "--expect-current" : "--reason");
    }
  }

  /** A long training must not end in finding out that what it made cannot be deployed. */
  private Optional<SigningKey> signKey() {
    if (signKey != null && deployTo == null) {
      throw Failure.of(FailureKind.USAGE, "--sign-key needs --deploy-to")
          .hint("\"mlctl serialize RUN --sign-key FILE\" signs a run that is not deployed yet");
    }
    if (signKey == null && deployTo != null && mlctl.policy().requiresSignature(deployTo)) {
      throw Failure.of(
              FailureKind.TRUST,
              "cannot train for %s: the policy requires its bundles to be signed",
              deployTo)
          .hint("sign with --sign-key PRIVATE_KEY");
    }
    Optional<SigningKey> key = Optional.ofNullable(signKey).map(SigningKey::read);
    key.ifPresent(k -> k.warnings().forEach(mlctl.console()::warn));
    return key;
  }

  private static SignatureFile sign(SigningKey key, String model, byte[] bundle) {
    String name = model + ".mlb";
    return new SignatureFile(name, ModelSignature.sign(key, name, Bundle.digest(bundle)));
  }

  private TrainSpec spec() {
    if ((config == null) == (data == null)) {
      throw Failure.of(FailureKind.USAGE, "train needs either CONFIG or --data and --target")
          .hint("mlctl train train.yaml, or mlctl train --data FILE --target COLUMN");
    }
    if (config != null) {
      if (target != null || task != null || algorithm != null || model != null) {
        throw Failure.of(FailureKind.USAGE, "CONFIG already says what to train")
            .hint("override it: --set target=COLUMN --set algorithm=NAME --set model=NAME");
      }
      return TrainSpec.from(
          ConfigFile.read(config, TrainSpec.SHAPE, overrides, mlctl.terminal().environment()::get),
          Folder.of(config));
    }
    Mlctl.requireConfig(overrides);
    if (target == null) {
      throw Failure.of(FailureKind.USAGE, "--data needs --target: the column to predict");
    }
    return TrainSpec.simple(data, target, task(), algorithm(), model);
  }

  private Algorithm algorithm() {
    if (algorithm == null) {
      return null;
    }
    if (!Algorithm.keys().contains(algorithm)) {
      throw Failure.of(FailureKind.USAGE, "unknown algorithm \"%s\"", algorithm)
          .hint("the algorithms are: " + String.join(", ", Algorithm.keys()));
    }
    return Algorithm.of(algorithm);
  }

  private Task task() {
    if (task == null) {
      return null;
    }
    try {
      return Task.valueOf(task.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Failure.of(FailureKind.USAGE, "unknown task \"%s\"", task)
          .hint("the tasks are regression and classification")
          .causedBy(e);
    }
  }

  /** What gates that compare with the current release are held against; null without one. */
  private Map<String, Double> currentMetrics(TrainSpec spec) {
    return deployTo == null ? null : Current.metrics(mlctl.releases(), spec.model(), deployTo);
  }
}
