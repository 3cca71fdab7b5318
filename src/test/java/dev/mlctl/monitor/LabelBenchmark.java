package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.model.Task;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How long a release with labels is judged: runs of a binary classifier, each in a file of its own,
 * with labels for all of them, and slices of five values each.
 */
final class LabelBenchmark {
  private LabelBenchmark() {}

  /** Takes the folder for the files, which are kept, the runs, the rows of each and the slices. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int runs = Integer.parseInt(arguments[1]);
    int rows = Integer.parseInt(arguments[2]);
    List<String> slices =
        IntStream.range(0, Integer.parseInt(arguments[3])).mapToObj(s -> "slice" + s).toList();
    if (!Files.exists(folder.resolve("labels.csv"))) {
      write(folder, runs, rows, slices);
    }
    Profile baseline = Town.baseline(Town.days(new Random(3), 300));
    List<Map<String, Object>> records = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Map<String, Object> record = new HashMap<>(Town.run("r" + run, runs - run, baseline));
      record.put("sink", folder.resolve("scored-" + run + ".csv").toString());
      records.add(record);
    }
    LabelSource source =
        new LabelSource(List.of(folder.resolve("labels.csv")), "id", Optional.empty(), slices, 0.5);
    MonitorSpec spec =
        MonitorSpec.defaults("town@prod").withLabels(source).withRuns(new RunSelection.Last(runs));
    Subject subject = Town.subject(baseline, Task.CLASSIFICATION, Map.of("accuracy", 0.8));
    long start = System.nanoTime();
    MonitorReport report = Town.check(spec, subject, records);
    double seconds = (System.nanoTime() - start) / 1e9;
    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
        .printf(
            Locale.ROOT,
            "%d runs of %d rows, %d columns of slices, heap of %d MB: %.1f s, %d joined, %s%n",
            runs,
            rows,
            slices.size(),
            Runtime.getRuntime().maxMemory() >> 20,
            seconds,
            report.labels().orElseThrow().counts().joined(),
            report.labels().orElseThrow().metrics());
  }

  private static void write(Path folder, int runs, int rows, List<String> slices)
      throws IOException {
    Random random = new Random(5);
    try (BufferedWriter labels = Files.newBufferedWriter(folder.resolve("labels.csv"))) {
      labels.write("id,truth\n");
      for (int run = 0; run < runs; run++) {
        try (BufferedWriter scored =
            Files.newBufferedWriter(folder.resolve("scored-" + run + ".csv"))) {
          scored.write("id,prediction,probability_no,probability_yes");
          for (String slice : slices) {
            scored.write("," + slice);
          }
          scored.write("\n");
          for (int row = 0; row < rows; row++) {
            write(run * (long) rows + row, random, slices.size(), scored, labels);
          }
        }
      }
    }
  }

  private static void write(
      long id, Random random, int slices, BufferedWriter scored, BufferedWriter labels)
      throws IOException {
    int percent = random.nextInt(100);
    labels.write(id + (random.nextInt(100) < percent ? ",yes\n" : ",no\n"));
    scored.write(
        id + (percent > 50 ? ",yes," : ",no,") + (100 - percent) / 100.0 + "," + percent / 100.0);
    for (int s = 0; s < slices; s++) {
      scored.write(",v" + random.nextInt(5));
    }
    scored.write("\n");
  }
}
