package dev.mlctl.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how long short commands of the packaged program take beside an empty JVM, from start to
 * exit: medians of 11 alternating runs. Run it after {@code mvn package}: {@code mvn -P bench …}.
 */
public final class StartupBenchmark {
  private static final int RUNS = 11;

  private StartupBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("mlctl-startup");
    Path source = work.resolve("Empty.java");
    Files.writeString(source, "class Empty { public static void main(String[] a) {} }");
    run(work, List.of("javac", "Empty.java"));
    String mlctl = Path.of("target/mlctl/bin/mlctl").toAbsolutePath().toString();
    List<List<String>> commands =
        List.of(
            List.of(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                ".",
                "Empty"),
            List.of(mlctl, "--help"),
            List.of(mlctl, "history", "bikes@prod"));
    double[][] seconds = new double[commands.size()][RUNS];
    for (int r = -3; r < RUNS; r++) {
      for (int c = 0; c < commands.size(); c++) {
        double s = run(work, commands.get(c));
        if (r >= 0) {
          seconds[c][r] = s;
        }
      }
    }
    for (int c = 0; c < commands.size(); c++) {
      Arrays.sort(seconds[c]);
      List<String> command = commands.get(c);
      String name =
          c == 0 ? "empty JVM" : "mlctl " + String.join(" ", command.subList(1, command.size()));
      System.out.printf(
          "%-28s median %.3f s  (%.3f to %.3f)%n",
          name, seconds[c][RUNS / 2], seconds[c][0], seconds[c][RUNS - 1]);
    }
  }

  private static double run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("MLCTL_REGISTRY", System.getProperty("registry", "none"));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectInput(new File("/dev/null"));
    long start = System.nanoTime();
    builder.start().waitFor();
    return (System.nanoTime() - start) / 1e9;
  }
}
