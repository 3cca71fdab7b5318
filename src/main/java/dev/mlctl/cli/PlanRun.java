package dev.mlctl.cli;

import dev.mlctl.release.Reference;
import dev.mlctl.release.Releases;
import dev.mlctl.score.PlanHost;
import dev.mlctl.score.Planning;
import dev.mlctl.score.PriceTable;
import dev.mlctl.score.Runner;
import dev.mlctl.score.RunnerJars;
import dev.mlctl.score.ScoreSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan between the registry and its making: resolves the model, looks at what is installed. */
final class PlanRun {
  private final Mlctl mlctl;
  private final Duration start;

  /** Takes the time that this process needed to start, so it is made first. */
  PlanRun(Mlctl mlctl) {
    this.mlctl = mlctl;
    long now = System.currentTimeMillis();
    // What the operating system says of the process's start can be wrong by a second.
    this.start = Duration.ofMillis(now - ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  Planning planning(ScoreSpec spec, Reference reference, PriceTable prices) {
    Releases releases = mlctl.releases();
    return new Planning(
        spec,
        ScoreRun.model(releases, releases.resolve(reference), mlctl.console()),
        prices,
        new PlanHost(Runtime.getRuntime().availableProcessors(), start, installed()));
  }

  /** The runners whose jars are here. */
  private static Set<String> installed() {
    Path home = Path.of(System.getProperty("mlctl.home", "."));
    return Arrays.stream(Runner.values())
        .filter(runner -> new RunnerJars(home, runner).areInstalled())
        .map(Runner::text)
        .collect(Collectors.toSet());
  }
}
