package dev.mlctl.bench;

import dev.mlctl.cli.Program;
import dev.mlctl.data.BatchReader;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import dev.mlctl.format.ByteSource;
import dev.mlctl.format.ColumnFormat;
import dev.mlctl.model.Bundles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Scoring Parquet to Parquet, Avro to Avro and JSON lines to JSON lines beside reading the same
 * file with the format's own library and doing nothing: ten numeric columns, a linear model, whole
 * processes with their start-up, in turn. Then, without the start-up, reading into columns of
 * numbers beside the same libraries, one thread each in a process that is warm.
 *
 * <p>Arguments: rows (3000000) and rounds (5).
 */
final class FormatBenchmark {
  private static final int COLUMNS = 10;
  private static final int MEGABYTE = 1_000_000;

  /** Reads a file whole and gives the sum of its values. */
  private interface Reading {
    double sum(Path file) throws IOException;
  }

  private static final Map<String, Reading> OURS = new LinkedHashMap<>();
  private static final Map<String, Map<String, Reading>> THEIRS = new LinkedHashMap<>();

  static {
    OURS.put("parquet", file -> columns(ColumnFormat.PARQUET, file));
    OURS.put("avro", file -> columns(ColumnFormat.AVRO, file));
    OURS.put("jsonl", FormatBenchmark::lines);
    Map<String, Reading> parquet = new LinkedHashMap<>();
    parquet.put("parquet-java, columns", LibraryReaders::parquetColumns);
    parquet.put("parquet-java, a Group a row", LibraryReaders::parquetGroups);
    THEIRS.put("parquet", parquet);
    THEIRS.put("avro", Map.of("Avro, one record reused", LibraryReaders::avro));
    THEIRS.put("jsonl", Map.of("Jackson, tokens", LibraryReaders::jackson));
  }

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path folder;
  private final int rows;
  private final int rounds;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  private FormatBenchmark(int rows, int rounds) throws IOException {
    this.rows = rows;
    this.rounds = rounds;
    this.folder =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "mlctl-bench-formats-" + rows));
    new FormatFiles(COLUMNS, rows).makeIn(folder);
    Files.write(folder.resolve("line.mlb"), Bundles.linear(COLUMNS).toBytes());
  }

  /** Runs the benchmark; with {@code read}, one of its processes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("read")) {
      THEIRS.get(arguments[1]).get(arguments[2]).sum(Path.of(arguments[3]));
      return;
    }
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    FormatBenchmark benchmark = new FormatBenchmark(rows, rounds);
    for (String format : OURS.keySet()) {
      benchmark.processes(format);
      benchmark.readers(format);
    }
  }

  private void processes(String format) throws Exception {
    Path input = folder.resolve("input." + format);
    out.printf(
        "%n%s, %,d rows, %,d MB, whole processes%n", format, rows, Files.size(input) / MEGABYTE);
    seconds.clear();
    List<String> mlctl = mlctl(format);
    Processes.run(folder, mlctl);
    Processes.awaitNoFile(Program.home().resolve("cds"), "*.lock");
    for (int round = 0; round < rounds; round++) {
      keep("mlctl, scored and written", Processes.run(folder, mlctl).seconds());
      for (String name : THEIRS.get(format).keySet()) {
        keep(name, Processes.run(folder, java(format, name, input)).seconds());
      }
    }
    Files.delete(folder.resolve("output." + format));
    print(input);
  }

  private void readers(String format) throws IOException {
    Path input = folder.resolve("input." + format);
    out.printf("%s, read in a warm process, one thread%n", format);
    seconds.clear();
    for (int round = -1; round < rounds; round++) {
      double sum = read(round, "mlctl", OURS.get(format), input);
      for (Map.Entry<String, Reading> library : THEIRS.get(format).entrySet()) {
        double other = read(round, library.getKey(), library.getValue(), input);
        if (!(Math.abs(sum - other) <= 1e-9 * rows)) {
          throw new IllegalStateException(library.getKey() + " reads other values");
        }
      }
    }
    print(input);
  }

  private double read(int round, String name, Reading reading, Path input) throws IOException {
    long start = System.nanoTime();
    double sum = reading.sum(input);
    if (round >= 0) {
      keep(name, (System.nanoTime() - start) / 1e9);
    }
    return sum;
  }

  private void keep(String name, double time) {
    seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(time);
  }

  /** Rates by the median, and how many times the first library's time each took. */
  private void print(Path input) throws IOException {
    double megabytes = (double) Files.size(input) / MEGABYTE;
    double library = Processes.median(new ArrayList<>(seconds.values()).get(1));
    seconds.forEach(
        (name, all) -> {
          double median = Processes.median(all);
          out.printf(
              "  %-28s median %6.2f s  %,11.0f rows/s %6.0f MB/s  %5.2f x the library%n",
              name, median, rows / median, megabytes / median, median / library);
        });
  }

  private static List<String> mlctl(String format) {
    return List.of(
        Program.home().resolve("bin/mlctl").toString(),
        "score",
        "--overwrite",
        "--model",
        "line.mlb",
        "--input",
        "input." + format,
        "-o",
        "output." + format);
  }

  private static List<String> java(String format, String name, Path input) {
    return Processes.java(
        Processes.PARALLEL, FormatBenchmark.class, "read", format, name, input.toString());
  }

  private static List<String> names() {
    return IntStream.range(0, COLUMNS).mapToObj(i -> "x" + i).toList();
  }

  private static double columns(ColumnFormat format, Path file) throws IOException {
    try (BatchReader reader = format.open(ByteSource.of(file)).read(names())) {
      return sum(reader);
    }
  }

  private static double lines(Path file) throws IOException {
    try (BatchReader reader =
        JsonLinesReader.of(Files.newInputStream(file), "input", names(), TextRange.ALL)) {
      return sum(reader);
    }
  }

  private static double sum(BatchReader reader) throws IOException {
    List<Feature> features = names().stream().map(Feature::number).toList();
    int[] columns = IntStream.range(0, COLUMNS).toArray();
    FeatureDecoder decoder = new FeatureDecoder(features, columns, Set.of());
    FeatureBatch into = null;
    double sum = 0;
    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
      into = into == null ? new FeatureBatch(features, batch.capacity()) : into;
      decoder.decode(batch, into);
      for (int c = 0; c < COLUMNS; c++) {
        for (int r = 0; r < batch.rows(); r++) {
          sum += into.numbers(c)[r];
        }
      }
    }
    return sum;
  }
}
