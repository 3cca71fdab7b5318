package dev.mlctl.bench;

import dev.mlctl.model.Bundles;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long short commands of the packaged program take beside an empty JVM, from start to exit:
 * medians of 11 rounds in which they take turns, after the class-data archive was made.
 */
final class StartupBenchmark {
  private static final int ROUNDS = 11;
  private static final int WARM_UP = 3;
  private static final long ARCHIVE_SECONDS = 120;

  private final Path work;
  private final Path home;

  private StartupBenchmark(Path work, Path home) {
    this.work = work;
    this.home = home;
  }

  /** Takes no arguments; the program is {@code target/mlctl}, or where {@code mlctl.home} says. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("mlctl-startup");
    Path home = Path.of(System.getProperty("mlctl.home", "target/mlctl")).toAbsolutePath();
    new StartupBenchmark(work, home).compare();
  }

  private void compare() throws IOException, InterruptedException {
    String mlctl = home.resolve("bin/mlctl").toString();
    Files.writeString(
        work.resolve("Empty.java"), "class Empty { public static void main(String[] a) {} }");
    run(List.of("javac", "Empty.java"));
    Files.write(work.resolve("line.mlb"), Bundles.linear(3).toBytes());
    run(List.of(mlctl, "deploy", "line.mlb", "--to", "prod"));
    awaitArchive();
    List<List<String>> commands =
        List.of(
            List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", ".", "Empty"),
            List.of(mlctl, "--help"),
            List.of(mlctl, "list"),
            List.of(mlctl, "history", "line@prod"));
    double[][] seconds = new double[commands.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int c = 0; c < commands.size(); c++) {
        double taken = run(commands.get(c));
        if (round >= 0) {
          seconds[c][round] = taken;
        }
      }
    }
    print(commands, seconds);
  }

  /** The launcher makes the archive in the background. */
  private void awaitArchive() throws IOException, InterruptedException {
    Path archives = home.resolve("cds");
    for (long i = 0; i < ARCHIVE_SECONDS && Files.isDirectory(archives); i++) {
      try (var files = Files.newDirectoryStream(archives, "short-*.jsa")) {
        if (files.iterator().hasNext()) {
          return;
        }
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static void print(List<List<String>> commands, double[][] seconds) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    for (int c = 0; c < commands.size(); c++) {
      Arrays.sort(seconds[c]);
      List<String> command = commands.get(c);
      String name =
          c == 0 ? "empty JVM" : "mlctl " + String.join(" ", command.subList(1, command.size()));
      out.printf(
          "%-24s median %.3f s  (%.3f to %.3f)%n",
          name, seconds[c][ROUNDS / 2], seconds[c][0], seconds[c][ROUNDS - 1]);
    }
  }

  private double run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("MLCTL_"));
    builder.environment().put("MLCTL_REGISTRY", work.resolve("registry").toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    long start = System.nanoTime();
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with exit code " + code);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
