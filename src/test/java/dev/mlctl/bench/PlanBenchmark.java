package dev.mlctl.bench;

import dev.mlctl.cli.Program;
import dev.mlctl.config.Json;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code plan} expects of the direct runner beside what {@code score} then takes, as a whole
 * process: ten numbers and a linear model in several sizes, and the examples' bikes with boosting.
 *
 * <p>Arguments: numbers of rows (100000 3000000 20000000).
 */
public final class PlanBenchmark {
  private static final int ROUNDS = 3;
  private static final int BIKES_COPIES = 60;
  private static final Path BIKES = Path.of("examples/bikes/data/bike-sharing-hour.csv");

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path folder;

  private PlanBenchmark(Path folder) {
    this.folder = folder;
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    List<String> sizes =
        arguments.length > 0 ? List.of(arguments) : List.of("100000", "3000000", "20000000");
    for (String rows : sizes) {
      Path folder = ScoreBenchmark.folder(Integer.parseInt(rows));
      new PlanBenchmark(folder).compare("%,d rows".formatted(Integer.parseInt(rows)), "line.mlb");
    }
    Path folder = Files.createTempDirectory("mlctl-plan");
    new PlanBenchmark(folder).compareBikes();
  }

  private void compareBikes() throws Exception {
    Program program = Program.in(folder);
    String train =
        "train --data %s --target count --algorithm gradient_boosting --model bikes -o run";
    program.run(train.formatted(BIKES.toAbsolutePath()).split(" ")).exits(0);
    program.run("serialize", "run", "-o", "bikes.mlb").exits(0);
    Files.copy(BIKES, folder.resolve("input.csv"));
    compare("bikes, boosting", "bikes.mlb");
    copies(BIKES_COPIES);
    compare("bikes, %d times".formatted(BIKES_COPIES), "bikes.mlb");
  }

  /** The rows of the bikes so many times over. */
  private void copies(int count) throws IOException {
    String[] text = Files.readString(BIKES).split("\n", 2);
    byte[] rows = text[1].getBytes(StandardCharsets.UTF_8);
    try (OutputStream file =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("input.csv")))) {
      file.write((text[0] + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < count; i++) {
        file.write(rows);
      }
    }
  }

  private void compare(String name, String model) throws Exception {
    Files.writeString(
        folder.resolve("plan.yaml"),
        """
        model: %s
        source: {type: ReadFromCsv, config: {path: input.csv}}
        sink: {type: WriteToCsv, config: {path: planned.csv}}
        """
            .formatted(model));
    // The launcher makes its archive of classes after first use; that is not what is measured.
    Processes.run(folder, score());
    Processes.awaitNoFile(Program.home().resolve("cds"), "*.lock");
    List<Double> expected = new ArrayList<>();
    List<Double> actual = new ArrayList<>();
    long peak = 0;
    Map<?, ?> direct = Map.of();
    for (int round = 0; round < ROUNDS; round++) {
      direct = direct();
      expected.add(((Number) direct.get("seconds")).doubleValue());
      Processes.Cost cost = Processes.run(folder, score());
      actual.add(cost.seconds());
      peak = Math.max(peak, cost.kilobytes());
    }
    out.printf(
        "%-18s expected %6.2f s  took %6.2f s  ratio %.2f;  memory %,d of %,d MB%n",
        name,
        Processes.median(expected),
        Processes.median(actual),
        Processes.median(expected) / Processes.median(actual),
        ((Number) direct.get("memory_bytes_per_worker")).longValue() / 1_000_000,
        peak / 1000);
    Files.deleteIfExists(folder.resolve("planned.csv"));
  }

  private Map<?, ?> direct() {
    String json = Program.in(folder).run("plan", "plan.yaml", "--format", "json").exits(0).out();
    Map<String, Object> plan = Json.readObject("plan", json.getBytes(StandardCharsets.UTF_8));
    return (Map<?, ?>) ((List<?>) plan.get("runners")).get(0);
  }

  private static List<String> score() {
    String mlctl = Program.home().resolve("bin/mlctl").toString();
    return List.of(mlctl, "score", "plan.yaml", "--overwrite");
  }
}
