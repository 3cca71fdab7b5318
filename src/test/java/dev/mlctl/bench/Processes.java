package dev.mlctl.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whole processes, timed. */
final class Processes {
  private static final int POLL_MILLIS = 20;

  /** What a throughput-minded user would give a JVM. */
  static final List<String> PARALLEL = List.of("-Xmx2g", "-XX:+UseParallelGC");

  private Processes() {}

  /**
   * What a process cost.
   *
   * @param seconds from start to exit
   * @param kilobytes the most memory it was seen to have resident; 0 where that cannot be seen
   */
  record Cost(double seconds, long kilobytes) {}

  /** The command that runs a class of the benchmarks in a JVM of its own. */
  static List<String> java(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a process in a folder; its output is thrown away. */
  static Cost run(Path folder, List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long peak = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, highWater(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + " ended with " + process.exitValue());
    }
    return new Cost(seconds, peak);
  }

  /** Linux keeps the most memory a process ever had. */
  private static long highWater(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return 0; // it has just ended, or this is no Linux
    }
    return 0;
  }

  /** Waits until no file of a glob is there; at most two minutes. */
  static void awaitNoFile(Path folder, String glob) throws IOException, InterruptedException {
    for (int second = 0; second < 120; second++) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
        if (!files.iterator().hasNext()) {
          return;
        }
      } catch (NoSuchFileException e) {
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
