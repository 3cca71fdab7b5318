package dev.mlctl.bench;

import dev.mlctl.model.Bundles;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long short commands of the packaged program take beside an empty JVM, and a score of a few
 * rows with and without what the launcher does to speed it up, from start to exit: medians of 11
 * rounds in which they take turns, after the class-data archives were made.
 */
final class StartupBenchmark {
  private static final int ROUNDS = 11;
  private static final int WARM_UP = 3;
  private static final String SCORE =
      "score --model line@prod --input small.csv -o scored.csv --overwrite";

  private static final String MAIN = "dev.mlctl.cli.Main ";

  private final Path work;
  private final Path home;
  private final String mlctl;
  private final Map<String, List<String>> commands = new LinkedHashMap<>();

  private StartupBenchmark(Path work, Path home) {
    this.work = work;
    this.home = home;
    mlctl = home.resolve("bin/mlctl").toString();
  }

  /** Takes no arguments; the program is {@code target/mlctl}, or where {@code mlctl.home} says. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("mlctl-startup");
    Path home = Path.of(System.getProperty("mlctl.home", "target/mlctl")).toAbsolutePath();
    new StartupBenchmark(work, home).compare();
  }

  private void compare() throws IOException, InterruptedException {
    prepare();
    String jars = "%1$s/lib/*:%1$s/runners/direct/*".formatted(home);
    add("empty JVM", "java", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp . Empty");
    add("mlctl --help", mlctl, "--help");
    add("mlctl list", mlctl, "list");
    add("mlctl history", mlctl, "history line@prod");
    add("mlctl score", mlctl, SCORE);
    add("  without archive", "env", "MLCTL_CDS=off", mlctl, SCORE);
    add("  without its options", "java", "-cp", jars, "-Dmlctl.home=" + home, MAIN + SCORE);
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        double taken = run(command.getValue());
        if (round >= 0) {
          seconds.computeIfAbsent(command.getKey(), n -> new ArrayList<>()).add(taken);
        }
      }
    }
    print(seconds);
  }

  /** Deploys a model and has the launcher make its archives, which it does in the background. */
  private void prepare() throws IOException, InterruptedException {
    Files.writeString(
        work.resolve("Empty.java"), "class Empty { public static void main(String[] a) {} }");
    run(List.of("javac", "Empty.java"));
    Files.write(work.resolve("line.mlb"), Bundles.linear(3).toBytes());
    Files.writeString(work.resolve("small.csv"), "x0,x1,x2\n1,2,3\n4,5,6\n");
    run(List.of(mlctl, "deploy", "line.mlb", "--to", "prod"));
    add("score", mlctl, SCORE);
    run(commands.remove("score"));
    Processes.awaitNoFile(home.resolve("cds"), "*.lock");
  }

  /** Names a command: words, of which the last are in one string. */
  private void add(String name, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of(command.remove(command.size() - 1).split(" ")));
    commands.put(name, command);
  }

  private static void print(Map<String, List<Double>> seconds) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    double score = Processes.median(seconds.get("mlctl score"));
    seconds.forEach(
        (name, all) -> {
          double median = Processes.median(all);
          out.printf(
              "%-24s median %.3f s  (%.3f to %.3f)%s%n",
              name,
              median,
              Collections.min(all),
              Collections.max(all),
              name.startsWith(" ") ? "  %.2f x".formatted(median / score) : "");
        });
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
