package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Action;
import dev.mlctl.monitor.action.Child;
import dev.mlctl.monitor.action.Done;
import dev.mlctl.monitor.action.Done.Outcome;
import dev.mlctl.release.Reference;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.train.TrainSpec;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Trains the model that was judged anew, in a second mlctl: this one has none of the jars for it.
 * It deploys by itself, through its gates, and only if nobody else did in the meantime.
 */
final class Retraining {
  private static final int LARGEST_RESULT = 8 << 20;
  private static final String OPTIONS = "MLCTL_JAVA_OPTS";

  private final Mlctl mlctl;
  private final Releases releases;
  private final ReleaseRecord judged;
  private final long current;

  /**
   * Prepares it.
   *
   * @param current the release that has to be current when the new one is deployed
   */
  Retraining(Mlctl mlctl, Releases releases, ReleaseRecord judged, long current) {
    this.mlctl = mlctl;
    this.releases = releases;
    this.judged = judged;
    this.current = current;
  }

  Done run(Action.Retrain action, String reason, boolean dryRun) {
    requireCurrent();
    requireSameModel(action);
    String target = judged.model() + "@" + judged.env();
    if (dryRun) {
      return new Done(
          Outcome.WOULD, "would train %s and deploy to %s".formatted(action.config(), target));
    }
    String home = System.getProperty(RunnerProcess.HOME);
    if (home == null) {
      return Done.failed("training needs an installation: start mlctl by its bin/mlctl");
    }
    boolean windows = File.separatorChar == '\\';
    Path launcher = Path.of(home, "bin", windows ? "mlctl.cmd" : "mlctl");
    try {
      return done(target, action, start(command(launcher, action, reason), action));
    } catch (IOException e) {
      return Done.failed("cannot start %s: %s".formatted(launcher, e.getMessage()));
    }
  }

  private void requireCurrent() {
    Reference.Release reference =
        new Reference.Release(judged.model(), judged.env(), OptionalLong.empty());
    long now = releases.find(reference).number();
    if (now != current) {
      throw Failure.of(
          FailureKind.CONFLICT,
          "not trained: %s is at release %d, and %d was judged",
          reference,
          now,
          judged.number());
    }
  }

  /** A file of another model would be deployed beside the one that needs it. */
  private void requireSameModel(Action.Retrain action) {
    String model =
        ConfigFile.read(
                action.config(),
                TrainSpec.SHAPE,
                action.overrides(),
                mlctl.terminal().environment()::get)
            .text("model");
    if (!model.equals(judged.model())) {
      throw Failure.of(
          FailureKind.USAGE,
          "%s is of the model %s, not of %s",
          action.config(),
          model,
          judged.model());
    }
  }

  private List<String> command(Path launcher, Action.Retrain action, String reason) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(launcher.toString(), "train", action.config().toString()));
    command.addAll(List.of("--deploy-to", judged.env(), "--registry", mlctl.registry()));
    command.addAll(List.of("--expect-current", Long.toString(current), "--reason", reason));
    command.addAll(List.of("--format", "json"));
    action.overrides().forEach(override -> command.addAll(List.of("--set", override)));
    action.signKey().ifPresent(key -> command.addAll(List.of("--sign-key", key.toString())));
    return command;
  }

  private Child.Ended start(List<String> command, Action.Retrain action) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    String options = builder.environment().getOrDefault(OPTIONS, "");
    builder.environment().put(OPTIONS, options + " -D" + RunnerProcess.CHILD + "=retrain");
    return Child.run(
        builder, new byte[0], action.timeout(), LARGEST_RESULT, mlctl.console()::error);
  }

  private static Done done(String target, Action.Retrain action, Child.Ended ended) {
    if (ended.code().isEmpty()) {
      // It may just have deployed.
      return new Done(Outcome.UNKNOWN, "training was ended after " + action.timeout());
    }
    int code = ended.code().getAsInt();
    return switch (code) {
      case ExitCode.OK -> deployed(target, ended.out());
      case ExitCode.GATE -> Done.failed("a gate does not hold, so nothing was deployed");
      case ExitCode.UNKNOWN_OUTCOME ->
          new Done(Outcome.UNKNOWN, "whether it was deployed is unknown");
      default -> Done.failed("nothing was deployed: training ended with exit code " + code);
    };
  }

  private static Done deployed(String target, String json) {
    Map<String, Object> result = Json.readObject("training", json.getBytes(StandardCharsets.UTF_8));
    if (result.get("deployed") instanceof Map<?, ?> made) {
      return Boolean.TRUE.equals(made.get("changed"))
          ? Done.done("%s is now at release %s".formatted(target, made.get("number")))
          : new Done(Outcome.UNCHANGED, "training made the bundle that is current already");
    }
    return Done.done("trained and deployed to " + target);
  }
}
