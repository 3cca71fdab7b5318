package dev.mlctl.bench;

import dev.mlctl.cli.Program;
import dev.mlctl.data.Progress;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import dev.mlctl.score.ScoreHost;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.score.ScoredModel;
import dev.mlctl.score.Scoring;
import dev.mlctl.score.Waiting;
import java.io.BufferedOutputStream;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Scoring beside a hand-written loop over the same bytes, and beside the pipeline one would write
 * first in Beam: ten numeric columns, a linear model, CSV to CSV, whole processes with their
 * start-up, in turn. The packaged program is what is measured; its output must be the loop's.
 *
 * <p>Arguments: rows (3000000), rounds (5), and {@code rows} as a third to run the pipeline of
 * rows, too, which takes minutes.
 */
public final class ScoreBenchmark {
  private static final int COLUMNS = 10;
  private static final int BLOCK_ROWS = 3_000_000;

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path folder;
  private final Path input;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final Map<String, Long> memory = new LinkedHashMap<>();

  private ScoreBenchmark(int rows) throws IOException {
    folder =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "mlctl-bench-" + rows));
    input = input(folder, rows);
    Files.write(folder.resolve("line.mlb"), Bundles.linear(COLUMNS).toBytes());
    Files.writeString(
        folder.resolve("no-profile.yaml"),
        """
        model: line.mlb
        profile: false
        source: {type: ReadFromCsv, config: {path: input.csv}}
        sink: {type: WriteToCsv, config: {path: no-profile.csv}}
        """);
  }

  /** A folder with {@code input.csv} of so many rows and its model, {@code line.mlb}. */
  static Path folder(int rows) throws IOException {
    return new ScoreBenchmark(rows).folder;
  }

  /** Runs the benchmark; with {@code score}, {@code loop} or {@code rows}, one of its processes. */
  public static void main(String[] arguments) throws Exception {
    String mode = arguments.length > 0 ? arguments[0] : "";
    switch (mode) {
      case "score" -> score(Path.of(arguments[1]), Path.of(arguments[2]));
      case "loop" -> TwoThreadLoop.run(Path.of(arguments[1]), Path.of(arguments[2]), COLUMNS);
      case "rows" -> RowPipeline.run(arguments[1], arguments[2], COLUMNS);
      default -> {
        int rows = mode.isEmpty() ? BLOCK_ROWS : Integer.parseInt(mode);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        new ScoreBenchmark(rows).compare(rows, rounds, arguments.length > 2);
      }
    }
  }

  private void compare(int rows, int rounds, boolean pipelineOfRows) throws Exception {
    out.printf("%,d rows, %,d MB%n", rows, Files.size(input) / 1_000_000);
    warmUp();
    for (int round = 0; round < rounds; round++) {
      run("loop", java("loop", folder.resolve("loop.csv")));
      run("mlctl", mlctl("--model", "line.mlb", "--input", "input.csv", "-o", "mlctl.csv"));
      run("mlctl, no profile", mlctl("no-profile.yaml"));
      if (pipelineOfRows && round == 0) {
        run("Beam, a row an element", java("rows", folder.resolve("rows.csv")));
      }
    }
    same("loop.csv", "mlctl.csv");
    same("loop.csv", "no-profile.csv");
    double loop = Processes.median(seconds.get("loop"));
    seconds.forEach(
        (name, all) ->
            out.printf(
                "%-24s median %7.2f s  %5.2f x the loop  peak %,5d MB%n",
                name,
                Processes.median(all),
                Processes.median(all) / loop,
                memory.get(name) / 1024));
    for (String name : List.of("loop.csv", "mlctl.csv", "no-profile.csv", "rows.csv")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /** The launcher makes its archive of classes after first use; that is not what is measured. */
  private void warmUp() throws Exception {
    Path small = folder.resolve("small.csv");
    Files.writeString(small, "x0,x1,x2,x3,x4,x5,x6,x7,x8,x9\n1,2,3,4,5,6,7,8,9,10\n");
    for (int round = 0; round < 2; round++) {
      Processes.run(
          folder, mlctl("--model", "line.mlb", "--input", "small.csv", "-o", "mlctl.csv"));
      Processes.awaitNoFile(Program.home().resolve("cds"), "*.lock");
    }
  }

  private void same(String one, String other) throws IOException {
    if (Files.mismatch(folder.resolve(one), folder.resolve(other)) >= 0) {
      throw new IllegalStateException(one + " and " + other + " differ");
    }
  }

  private void run(String name, List<String> command) throws Exception {
    Processes.Cost cost = Processes.run(folder, command);
    seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(cost.seconds());
    memory.merge(name, cost.kilobytes(), Math::max);
    out.printf("  %-24s %7.2f s%n", name, cost.seconds());
  }

  private static List<String> mlctl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Program.home().resolve("bin/mlctl").toString());
    command.addAll(List.of("score", "--overwrite"));
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> java(String mode, Path output) {
    return Processes.java(
        Processes.PARALLEL, ScoreBenchmark.class, mode, input.toString(), output.toString());
  }

  /**
   * A file of so many rows in a folder, made once and kept for the next time. More rows than a
   * block are the block over again.
   */
  static Path input(Path folder, int rows) throws IOException {
    Path made = folder.resolve("input.csv");
    if (!Files.exists(made)) {
      Path unfinished = folder.resolve("unfinished.csv");
      byte[] block = block(Math.min(rows, BLOCK_ROWS));
      try (OutputStream file =
          new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
        file.write("x0,x1,x2,x3,x4,x5,x6,x7,x8,x9\n".getBytes(StandardCharsets.US_ASCII));
        for (int done = 0; done < rows; done += BLOCK_ROWS) {
          file.write(block);
        }
      }
      Files.move(unfinished, made);
    }
    return made;
  }

  private static byte[] block(int rows) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        long number = random.nextInt(20_000_000) - 10_000_000L;
        text.append(c == 0 ? "" : ",").append(number / 1e5);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** What a process of the tests runs that is killed. */
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
        new ScoredModel(
            "line.mlb",
            "",
            OptionalLong.empty(),
            Bundle.digest(bytes),
            Optional.empty(),
            bytes,
            bundle);
    ScoreHost host =
        new ScoreHost(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            Clock.systemUTC(),
            new Random(),
            output.getParent(),
            Runtime.getRuntime().availableProcessors());
    new Scoring(spec, model, host, Waiting.TO_THE_END).run(Progress.NONE);
  }
}
