package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The jars of a runner in an installation: {@code runners/NAME} holds what it needs besides {@code
 * lib}, and {@code runners/NAME/engine} what a cluster of its kind has already. No class of Beam is
 * needed to work with them.
 */
public final class RunnerJars {
  private static final String RUNNERS = "runners";
  private static final String ENGINE = "engine";

  /** What only the command line needs, and no worker. */
  private static final Set<String> STAY =
      Set.of("picocli", "slf4j-jdk14", "jackson-dataformat-yaml", "snakeyaml");

  /**
   * What Spark's workers must have once, however our classes come before theirs: Spark's services
   * for Jackson and SLF4J fit no second copy of them.
   */
  private static final Set<String> SPARKS_OWN =
      Set.of("jackson-annotations", "jackson-core", "jackson-databind", "slf4j-api");

  private final Path home;
  private final Runner runner;

  /** The jars of a runner in the installation at a directory. */
  public RunnerJars(Path home, Runner runner) {
    this.home = home;
    this.runner = runner;
  }

  /** Whether the installation has the runner. */
  public boolean areInstalled() {
    return Files.isDirectory(folder());
  }

  private Path folder() {
    return home.resolve(RUNNERS).resolve(runner.text());
  }

  /**
   * All that scoring with the runner needs, mlctl itself first.
   *
   * @param places of which some may be in stores, whose clients are then needed too
   * @throws Failure of kind USAGE when the runner or the client of a store is not installed
   */
  public List<Path> classPath(Collection<String> places) {
    requireInstalled();
    List<Path> jars = new ArrayList<>(List.of(home.resolve("lib").resolve("mlctl.jar")));
    add(home.resolve("lib"), jars);
    add(folder(), jars);
    for (RemoteScheme scheme : RemoteScheme.all(places)) {
      add(home.resolve("filesystems").resolve(scheme.text()), jars);
    }
    // Last: what the job needs and the engine has too is not taken for the engine's alone.
    add(folder().resolve(ENGINE), jars);
    return jars;
  }

  /**
   * Checks that the installation has the runner.
   *
   * @throws Failure of kind USAGE when it has not
   */
  public void requireInstalled() {
    if (!areInstalled()) {
      List<String> here =
          Runner.names().stream()
              .filter(name -> Files.isDirectory(home.resolve(RUNNERS).resolve(name)))
              .toList();
      throw Failure.of(
              FailureKind.USAGE, "runner %s is not part of this installation", runner.text())
          .at(folder().toString())
          .hint(
              "copy runners/%s of mlctl's full archive there; this installation has: %s"
                  .formatted(runner.text(), String.join(", ", here)));
    }
  }

  private static void add(Path folder, List<Path> jars) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<String> names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : files) {
        if (!names.contains(jar.getFileName().toString())) {
          jars.add(jar);
        }
      }
    } catch (IOException e) {
      throw Failure.of(FailureKind.USAGE, "cannot read the installation: %s", e.getMessage())
          .at(folder.toString())
          .causedBy(e);
    }
  }

  /**
   * Those of the jars on this process's class path that a cluster's workers need and do not have.
   */
  static List<String> shipped(Runner runner) {
    Set<String> not = new HashSet<>(STAY);
    if (runner == Runner.SPARK) {
      not.addAll(SPARKS_OWN);
    }
    List<String> shipped = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, 0)) {
      Path path = Path.of(entry);
      Path folder = path.getParent();
      boolean theirs = folder != null && folder.endsWith(ENGINE);
      String name = String.valueOf(path.getFileName());
      if (!theirs && not.stream().noneMatch(stay -> name.startsWith(stay + "-"))) {
        shipped.add(entry);
      }
    }
    return shipped;
  }
}
