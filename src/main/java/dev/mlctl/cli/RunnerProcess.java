package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.score.Execution;
import dev.mlctl.score.Runner;
import dev.mlctl.score.RunnerJars;
import dev.mlctl.score.ScoreSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A second JVM for a runner whose jars this one does not have.
 *
 * <p>The launcher cannot know the runner, which a configuration file may name, and jars cannot be
 * added to a running JVM so that engines find them: Flink's own local mode fails under another
 * class loader. The second JVM is given the same arguments and streams; this one waits for it.
 */
final class RunnerProcess {
  private static final String RUNNER = "mlctl.runner";

  /** Set in a JVM that another mlctl started for one of its commands. */
  static final String CHILD = "mlctl.child";

  static final String HOME = "mlctl.home";
  private static final String TTY = "mlctl.tty";

  /** From this Java on, each start would warn of what the engines' libraries do. */
  private static final int WARNS = 24;

  private final Mlctl mlctl;
  private final Execution execution;
  private final Runner runner;

  RunnerProcess(Mlctl mlctl, Execution execution) {
    this.mlctl = mlctl;
    this.execution = execution;
    this.runner = execution.runner();
  }

  /** Ends a second JVM with the first one, however that ends. */
  static void endWithParent(Runnable end) {
    if (System.getProperty(RUNNER) != null || System.getProperty(CHILD) != null) {
      ProcessHandle.current().parent().ifPresent(parent -> watch(parent, end));
    }
  }

  private static void watch(ProcessHandle parent, Runnable end) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              end.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Whether this JVM is one for the runner.
   *
   * @throws Failure of kind USAGE when the runner is not installed
   */
  boolean isHere() {
    String home = System.getProperty(HOME);
    if (home != null) {
      new RunnerJars(Path.of(home), runner).requireInstalled();
    }
    return System.getProperty(RUNNER, Runner.DIRECT.text()).equals(runner.text());
  }

  /** Runs the same command there, and returns its exit code. */
  int run(ScoreSpec spec) {
    List<String> places = new ArrayList<>(spec.paths());
    places.add(mlctl.registry());
    Path temporary = temporary();
    List<String> command = command(places, temporary);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      Thread ender = new Thread(() -> end(process, temporary), "runner-end");
      Runtime.getRuntime().addShutdownHook(ender);
      int code = process.waitFor();
      removeHookOrWait(ender);
      return code;
    } catch (IOException e) {
      throw Failure.of(FailureKind.USAGE, "cannot start Java: %s", e.getMessage())
          .at(command.get(0))
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    } finally {
      delete(temporary);
    }
  }

  /** For engines inside that process: they leave files behind when it ends. */
  private static Path temporary() {
    try {
      return Files.createTempDirectory("mlctl-");
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot make a temporary directory: %s", e.getMessage())
          .at(System.getProperty("java.io.tmpdir"))
          .causedBy(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      return; // temporary files are left over, and the run's outcome is what counts
    }
  }

  private List<String> command(List<String> places, Path temporary) {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw Failure.of(FailureKind.USAGE, "runner %s needs an installation", runner.text())
          .hint("start mlctl by its bin/mlctl");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    command.add("-XX:+DisplayVMOutputToStderr");
    command.addAll(flags());
    command.add("-cp");
    command.add(
        new RunnerJars(Path.of(home), runner)
            .classPath(places).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
    String options = mlctl.terminal().variable("MLCTL_JAVA_OPTS").strip();
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split("\\s+")));
    }
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-D" + HOME + "=" + home);
    command.add("-D" + TTY + "=" + System.getProperty(TTY, ""));
    command.add("-D" + RUNNER + "=" + runner.text());
    command.add(Main.class.getName());
    command.addAll(mlctl.arguments());
    return command;
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (runner == Runner.SPARK) {
      flags.add("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    }
    if (execution.isHandedOver()) {
      // Submitting is over before better code would pay: 2 s of 6 to Dataflow.
      flags.add("-XX:TieredStopAtLevel=1");
    }
    if (Runtime.version().feature() >= WARNS) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }

  /** The second one cancels its job, cleans up and says so before it is gone. */
  private static void end(Process process, Path temporary) {
    process.destroy();
    try {
      process.waitFor();
      delete(temporary);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When this JVM is ending because of a signal, the hook sees to the rest. */
  private static void removeHookOrWait(Thread hook) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook.join();
    }
  }
}
