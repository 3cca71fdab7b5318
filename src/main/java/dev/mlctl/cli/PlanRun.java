package dev.mlctl.cli;

import dev.mlctl.release.Reference;
import dev.mlctl.score.PlanHost;
import dev.mlctl.score.Planning;
import dev.mlctl.score.PriceTable;
import dev.mlctl.score.ScoreSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

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
    return new Planning(
        spec,
        ScoreRun.model(mlctl.releases().resolve(reference)),
        prices,
        new PlanHost(Runtime.getRuntime().availableProcessors(), start, installed()));
  }

  /** The runners whose jars are here. */
  private static Set<String> installed() {
    Set<String> names = new HashSet<>(Set.of(ScoreSpec.DIRECT));
    Path runners = Path.of(System.getProperty("mlctl.home", "."), "runners");
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runners, Files::isDirectory)) {
      folders.forEach(folder -> names.add(folder.getFileName().toString()));
    } catch (IOException e) {
      return names; // what cannot be looked at cannot be run either
    }
    return names;
  }
}
