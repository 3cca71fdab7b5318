package dev.mlctl.bench;

import dev.mlctl.cli.Engines;
import dev.mlctl.cli.Program;
import dev.mlctl.config.Json;
import dev.mlctl.model.Bundles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an engine costs around the rows: score by the packaged program from shell to exit on each,
 * with an input of one row and with one of many, and the jars it ships for that. The clusters stand
 * on this machine and share its cores with the command; they are started before. One run on each
 * engine goes before those that are measured.
 *
 * <p>Arguments: rows (3000000), rounds (3), of which the medians are printed.
 */
final class EngineBenchmark {
  private static final int COLUMNS = 10;

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path folder;

  private EngineBenchmark(Path folder) {
    this.folder = folder;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "mlctl-bench-" + rows));
    new EngineBenchmark(folder).compare(rows, rounds);
  }

  private void compare(int rows, int rounds) throws Exception {
    ScoreBenchmark.input(folder, rows);
    Files.writeString(
        folder.resolve("one.csv"), "x0,x1,x2,x3,x4,x5,x6,x7,x8,x9\n1,2,3,4,5,6,7,8,9,10\n");
    Files.write(folder.resolve("line.mlb"), Bundles.linear(COLUMNS).toBytes());
    Program.in(folder).run("deploy", "line.mlb", "--to", "prod").exits(0);
    Map<Engines, List<Double>> one = new EnumMap<>(Engines.class);
    Map<Engines, List<Double>> many = new EnumMap<>(Engines.class);
    for (int round = -1; round < rounds; round++) {
      for (Engines engine : Engines.values()) {
        double seconds = seconds(engine, "one.csv");
        if (round >= 0) {
          one.computeIfAbsent(engine, e -> new ArrayList<>()).add(seconds);
          many.computeIfAbsent(engine, e -> new ArrayList<>()).add(seconds(engine, "input.csv"));
        }
      }
    }
    out.printf("%-14s %6s %9s %9s %,14d rows%n", "", "jars", "MB", "one row", rows);
    for (Engines engine : Engines.values()) {
      print(engine, Processes.median(one.get(engine)), Processes.median(many.get(engine)));
    }
  }

  private double seconds(Engines engine, String input) throws Exception {
    List<String> command = new ArrayList<>(List.of(Program.home().resolve("bin/mlctl").toString()));
    command.addAll(List.of(engine.with(arguments(input))));
    double seconds = Processes.run(folder, command).seconds();
    out.printf("  %-14s %-10s %6.1f s%n", name(engine), input, seconds);
    Files.delete(folder.resolve("scored.csv"));
    Processes.awaitNoFile(Program.home().resolve("cds"), "*.lock");
    return seconds;
  }

  private static String[] arguments(String input) {
    return new String[] {"score", "--model=line@prod", "--input=" + input, "--output=scored.csv"};
  }

  private void print(Engines engine, double one, double many) throws IOException {
    List<String> command = new ArrayList<>(List.of(engine.with(arguments("one.csv"))));
    command.addAll(List.of("--dry-run", "--format=json"));
    String json = Program.in(folder).run(command.toArray(String[]::new)).exits(0).out();
    Map<String, Object> report = Json.readObject("dry run", json.getBytes(StandardCharsets.UTF_8));
    out.printf(
        "%-14s %6d %9.1f %7.1f s %17.1f s%n",
        name(engine),
        (Long) report.get("jars"),
        ((Number) report.get("jar_bytes")).doubleValue() / 1e6,
        one,
        many);
  }

  private static String name(Engines engine) {
    return engine.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
