package dev.mlctl.bench;

import dev.mlctl.data.Progress;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import dev.mlctl.score.ScoreHost;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.score.ScoreSummary;
import dev.mlctl.score.ScoredModel;
import dev.mlctl.score.Scoring;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Scoring beside a hand-written loop over the same bytes: ten numeric columns, a linear model, CSV
 * to CSV, whole processes with their start-up, in turn. Both must write the same rows.
 *
 * <p>Arguments: rows (3000000), rounds (5), heap of the scoring process (512m).
 */
public final class ScoreBenchmark {
  private static final int COLUMNS = 10;

  private ScoreBenchmark() {}

  /** Runs the benchmark; with {@code score} or {@code loop} first, one of its processes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("score")) {
      score(Path.of(arguments[1]), Path.of(arguments[2]));
    } else if (arguments.length > 0 && arguments[0].equals("loop")) {
      TwoThreadLoop.run(Path.of(arguments[1]), Path.of(arguments[2]), COLUMNS);
    } else {
      int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000_000;
      int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
      compare(rows, rounds, arguments.length > 2 ? arguments[2] : "512m");
    }
  }

  private static void compare(int rows, int rounds, String heap) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    Path input = input(rows);
    Path byLoop = input.resolveSibling("by-loop.csv");
    Path byScore = input.resolveSibling("by-score.csv");
    out.printf("%,d rows, %,d MB%n", rows, Files.size(input) / 1_000_000);
    List<Double> loops = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      loops.add(process("2g", "loop", input, byLoop));
      scores.add(process(heap, "score", input, byScore));
      out.printf("loop %.2f s, score %.2f s%n", loops.get(round), scores.get(round));
    }
    requireSame(byLoop, byScore);
    out.printf(
        "median: loop %.2f s, score %.2f s (-Xmx%s), ratio %.2f%n",
        median(loops), median(scores), heap, median(scores) / median(loops));
    Files.delete(byLoop);
    Files.delete(byScore);
  }

  /** Before Java 19, the loop's Double.toString writes some predictions with more digits. */
  private static void requireSame(Path byLoop, Path byScore) throws IOException {
    try (BufferedReader loop = Files.newBufferedReader(byLoop);
        BufferedReader score = Files.newBufferedReader(byScore)) {
      for (String a = loop.readLine(); a != null; a = loop.readLine()) {
        String b = score.readLine();
        int last = a.lastIndexOf(',') + 1;
        boolean same =
            a.equals(b)
                || (b != null
                    && b.startsWith(a.substring(0, last))
                    && Double.parseDouble(a.substring(last))
                        == Double.parseDouble(b.substring(last)));
        if (!same) {
          throw new IllegalStateException("the outputs differ: " + a + " and " + b);
        }
      }
      if (score.readLine() != null) {
        throw new IllegalStateException("scoring wrote more lines");
      }
    }
  }

  /** Made once and kept for the next time. */
  private static Path input(int rows) throws IOException {
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "mlctl-bench-" + rows));
    Path input = folder.resolve("input.csv");
    if (!Files.exists(input)) {
      Path unfinished = folder.resolve("unfinished.csv");
      Random random = new Random(7);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
        out.write("x0,x1,x2,x3,x4,x5,x6,x7,x8,x9\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder row = new StringBuilder();
        for (int r = 0; r < rows; r++) {
          row.setLength(0);
          for (int c = 0; c < COLUMNS; c++) {
            long number = random.nextInt(20_000_000) - 10_000_000L;
            row.append(c == 0 ? "" : ",").append(number / 1e5);
          }
          out.write(row.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        }
      }
      Files.move(unfinished, input);
    }
    return input;
  }

  private static double process(String heap, String mode, Path input, Path output)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseParallelGC",
            "-Djava.util.logging.config.file=src/test/resources/logging.properties",
            "-cp",
            System.getProperty("java.class.path"),
            ScoreBenchmark.class.getName(),
            mode,
            input.toString(),
            output.toString());
    long start = System.nanoTime();
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(mode + " ended with " + exit);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> seconds) {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void score(Path input, Path output) {
    Bundle bundle = Bundles.linear(COLUMNS);
    byte[] bytes = bundle.toBytes();
    ScoreSpec spec =
        ScoreSpec.simple(
                "line.mlb",
                List.of(input.toString()),
                output.toString(),
                Optional.empty(),
                Optional.empty())
            .withOverwrite(true);
    ScoredModel model =
        new ScoredModel("line.mlb", "", OptionalLong.empty(), Bundle.digest(bytes), bytes, bundle);
    ScoreHost host =
        new ScoreHost(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            Clock.systemUTC(),
            new Random(),
            output.getParent(),
            Runtime.getRuntime().availableProcessors());
    ScoreSummary summary = new Scoring(spec, model, host).run(Progress.NONE);
    if (summary.rowsIn() != summary.rowsOut()) {
      throw new IllegalStateException("rows were rejected");
    }
  }
}
