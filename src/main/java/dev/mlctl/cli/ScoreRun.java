package dev.mlctl.cli;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundle;
import dev.mlctl.release.Challenger;
import dev.mlctl.release.Reference;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedChallenger;
import dev.mlctl.release.ResolvedRelease;
import dev.mlctl.score.DryRun;
import dev.mlctl.score.DryRunReport;
import dev.mlctl.score.ScoreHost;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.score.ScoreSummary;
import dev.mlctl.score.ScoredChallenger;
import dev.mlctl.score.ScoredModel;
import dev.mlctl.score.Scoring;
import dev.mlctl.score.Submission;
import dev.mlctl.score.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** A scoring run between the registry and the pipeline: resolves the model, keeps the record. */
final class ScoreRun {
  private final Mlctl mlctl;

  ScoreRun(Mlctl mlctl) {
    this.mlctl = mlctl;
  }

  /** Runs to the end, or leaves the run to its engine and gives the submission instead. */
  Outcome run(ScoreSpec spec, Reference reference, Waiting waiting) {
    Releases releases = mlctl.releases();
    ResolvedRelease resolved = releases.resolve(reference);
    ScoredModel model = model(releases, resolved, mlctl.console());
    Scoring scoring = new Scoring(spec, model, host(), waiting);
    Thread cleanUp = new Thread(() -> stop(scoring), "clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    Failure failure = null;
    try {
      Optional<ScoreSummary> summary = scoring.run(mlctl.console().progress());
      return new Outcome(summary, summary.isPresent() ? null : scoring.submission());
    } catch (Failure f) {
      failure = f;
      throw f;
    } finally {
      removeHookOrEnd(cleanUp);
      keepRecord(releases, resolved, scoring, failure);
    }
  }

  /** Checks a run, and starts nothing. */
  DryRunReport check(ScoreSpec spec, Reference reference, Waiting waiting) {
    Releases releases = mlctl.releases();
    ScoredModel model = model(releases, releases.resolve(reference), mlctl.console());
    return new DryRun(spec, model, host(), waiting).check();
  }

  /** One of two. */
  record Outcome(Optional<ScoreSummary> summary, Submission submission) {}

  private void stop(Scoring scoring) {
    scoring.close();
    if (scoring.kept() > 0) {
      mlctl
          .console()
          .note(
              "stopped; the same command goes on from here (%d parts are scored and kept)"
                  .formatted(scoring.kept()));
    }
  }

  /** The model with what is tried beside it, as they are at this moment. */
  static ScoredModel model(Releases releases, ResolvedRelease resolved, Console console) {
    long began = System.nanoTime();
    Bundle bundle = BundleView.parse(resolved.pinned(), resolved.bundle());
    Duration load = Duration.ofNanos(System.nanoTime() - began);
    Optional<ScoredModel.Home> home =
        resolved
            .release()
            .map(
                r ->
                    new ScoredModel.Home(
                        releases.place(resolved), releases.runs(r.model(), r.env()).place()));
    return new ScoredModel(
            resolved.pinned(),
            resolved.release().map(r -> r.env()).orElse(""),
            resolved.release().map(r -> OptionalLong.of(r.number())).orElse(OptionalLong.empty()),
            resolved.digest(),
            home,
            resolved.bundle(),
            bundle)
        .loadedIn(load)
        .beside(challenger(releases, resolved, console));
  }

  private static Optional<ScoredChallenger> challenger(
      Releases releases, ResolvedRelease resolved, Console console) {
    if (resolved.release().isEmpty()) {
      return Optional.empty();
    }
    ReleaseRecord release = resolved.release().get();
    return releases
        .challengers(release.model(), release.env())
        .resolve(resolved, console::warn)
        .map(tried -> scored(tried));
  }

  private static ScoredChallenger scored(ResolvedChallenger tried) {
    Challenger challenger = tried.challenger();
    return new ScoredChallenger(
        challenger.label(),
        challenger.digest(),
        Optional.of(tried.place()),
        challenger.challenge().share(),
        challenger.challenge().key(),
        tried.bundle(),
        BundleView.parse(challenger.label(), tried.bundle()),
        "");
  }

  private ScoreHost host() {
    Console console = mlctl.console();
    return new ScoreHost(
        console.in(),
        console.out(),
        Clock.systemUTC(),
        new SecureRandom(),
        Path.of(System.getProperty("java.io.tmpdir")),
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * When the process is ending because of a signal, this is as far as the run goes: the hook cleans
   * up, and what the run made of losing its files is nothing to report.
   */
  private static void removeHookOrEnd(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      while (true) {
        LockSupport.park();
      }
    }
  }

  /** The output is out already, so a registry that cannot be written to is a warning. */
  private void keepRecord(
      Releases releases, ResolvedRelease resolved, Scoring scoring, Failure failure) {
    if (resolved.release().isEmpty()) {
      return;
    }
    Optional<Map<String, Object>> record = scoring.record(failure);
    if (record.isEmpty()) {
      return;
    }
    try {
      byte[] bytes = Json.pretty(record.get()).getBytes(StandardCharsets.UTF_8);
      releases
          .runs(resolved.release().get().model(), resolved.release().get().env())
          .put(scoring.id(), bytes);
    } catch (Failure f) {
      mlctl
          .console()
          .warn("the run record was not kept, so monitor will not see it: " + f.getMessage());
    }
  }
}
