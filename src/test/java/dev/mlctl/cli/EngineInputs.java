package dev.mlctl.cli;

import dev.mlctl.model.Bundles;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * What is scored on engines: configurations {@code NAME.yaml}, their inputs below {@code in}, and
 * the models they name, deployed to {@code prod}.
 */
record EngineInputs(Path directory) {
  private static final int FEATURES = 4;

  /** Rows that cannot be scored come at even distances. */
  private static final int REJECTED = 4;

  private static final int BLOCK = 10_000;
  private static final int SLOW_BLOCKS = 3_000;
  private static final int MONTHS = 12;
  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

  private Program program() {
    return Program.in(directory);
  }

  /** One file of numbers for a linear model. */
  void million(int rows) throws IOException {
    linear();
    rows(directory.resolve("in/million.csv"), 0, rows);
    config("million", "line@prod", "in/million.csv", "million.csv", "");
  }

  /** The same numbers in so many files, so that there are at least as many parts. */
  void many(int files, int rows) throws IOException {
    linear();
    for (int file = 0; file < files; file++) {
      rows(directory.resolve("in/many-%03d.csv".formatted(file)), (long) file * rows, rows);
    }
    config("many", "line@prod", "in/many-*.csv", "many.csv", "");
  }

  /**
   * A file that is soon scored, and a compressed one, hence one part, whose rows take a core half a
   * minute.
   */
  void slow() throws IOException {
    linear();
    rows(directory.resolve("in/slow-0.csv"), 0, BLOCK);
    byte[] first = Files.readAllBytes(directory.resolve("in/slow-0.csv"));
    int header = new String(first, StandardCharsets.US_ASCII).indexOf('\n') + 1;
    try (OutputStream out = Files.newOutputStream(directory.resolve("in/slow-1.csv.gz"))) {
      out.write(zipped(Arrays.copyOf(first, header)));
      byte[] zipped = zipped(Arrays.copyOfRange(first, header, first.length));
      for (int i = 0; i < SLOW_BLOCKS; i++) {
        out.write(zipped);
      }
    }
    config("slow", "line@prod", "in/slow-*", "slow.csv", "");
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** Deploys {@code line@prod}, which adds up four numbers; a second time, nothing changes. */
  void linear() throws IOException {
    Files.createDirectories(directory.resolve("in"));
    Files.write(directory.resolve("line.mlb"), Bundles.linear(FEATURES).toBytes());
    program().run("deploy", "line.mlb", "--to", "prod").exits(0);
  }

  private static void rows(Path file, long first, int rows) throws IOException {
    int distance = rows / REJECTED;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write("id,x0,x1,x2,x3\n");
      for (int r = 0; r < rows; r++) {
        long row = first + r;
        String last = r % distance == distance / 2 ? "bad" : String.valueOf(row % 1013 / 8.0);
        out.write(row + "," + row * 7919 % 20011 / 100.0 + "," + row % 97 + ",");
        out.write((row % 11 == 0 ? "" : row * 31 % 8191 * 1e-7) + "," + last + "\n");
      }
    }
  }

  /** Boosted trees, a file for each month of 2012, four files of output. */
  void bikes() throws IOException {
    List<String> lines = Files.readAllLines(EXAMPLES.resolve("bikes/data/bike-sharing-hour.csv"));
    Files.createDirectories(directory.resolve("in"));
    for (int month = 1; month <= MONTHS; month++) {
      String wanted = "1," + month;
      List<String> rows = lines.stream().filter(line -> column(line, 3, 2).equals(wanted)).toList();
      Path file = directory.resolve("in/2012-%02d.csv".formatted(month));
      Files.writeString(file, lines.get(0) + "\n" + String.join("\n", rows) + "\n");
    }
    train("bikes", "params={trees: 60, max_depth: 6}", "gates=[]");
    config("bikes", "bikes@prod", "in/2012-*.csv", "bikes/", ", shards: 4");
  }

  /** A forest over rows with missing values, categories it has never seen and three bad ages. */
  void income() throws IOException {
    List<String> lines = Files.readAllLines(EXAMPLES.resolve("income/data/adult-test.csv"));
    Files.createDirectories(directory.resolve("in"));
    List<String> rows =
        IntStream.range(1, lines.size()).mapToObj(i -> person(i, lines.get(i))).toList();
    Path file = directory.resolve("in/people.csv");
    Files.writeString(file, "id," + lines.get(0) + "\n" + String.join("\n", rows) + "\n");
    train("income", "algorithm=random_forest", "params={trees: 20}", "gates=[]");
    config("income", "income@prod", "in/people.csv", "income.csv", "");
    Files.writeString(
        directory.resolve("income.yaml"),
        Files.readString(directory.resolve("income.yaml"))
            + "output: {passthrough: [id, occupation], probabilities: true}\n");
  }

  private static String person(int number, String line) {
    String changed = line;
    if (number % 5000 == 0) {
      changed = "unknown" + line.substring(line.indexOf(','));
    } else if (number % 100 == 0) {
      changed = line.replaceFirst("^([0-9]+),[^,]*", "$1,Astronaut");
    }
    return number + "," + changed;
  }

  /** So many columns from one on. */
  private static String column(String line, int first, int count) {
    return String.join(",", List.of(line.split(",", -1)).subList(first, first + count));
  }

  /** Trains an example with other settings and deploys it. */
  private void train(String example, String... settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                EXAMPLES.resolve(example).resolve("train.yaml").toString(),
                "-o",
                "runs/" + example,
                "--deploy-to",
                "prod"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    program().run(command.toArray(String[]::new)).exits(0);
  }

  private void config(String name, String model, String input, String output, String sink)
      throws IOException {
    Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        model: %s
        source: {type: ReadFromCsv, config: {path: "%s"}}
        sink: {type: WriteToCsv, config: {path: out/%s%s}}
        dead_letter: {type: WriteToJson, config: {path: out/%s.rejected.jsonl}}
        """
            .formatted(model, input, output, sink, name));
  }
}
