package dev.mlctl.bench;

import dev.mlctl.config.Json;
import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RunProfile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Golden;
import dev.mlctl.model.Levels;
import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Step;
import dev.mlctl.model.Task;
import dev.mlctl.release.Runs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long monitor takes over many run records of a wide model: 200 columns, every tenth of
 * categories, the others of numbers in 20 bins, with their sketches; ten runs a day. The packaged
 * program, from shell to exit: over the newest run with the thirty windows before it, over all
 * windows of a day, and over all runs as one.
 *
 * <p>Arguments: a directory, made once and kept (target/monitor-bench); how many records (10000).
 */
final class MonitorBenchmark {
  private static final int COLUMNS = 200;
  private static final int ROWS = 60_000;
  private static final int BATCH = 4_000;
  private static final int DIFFERENT = 8;
  private static final Duration RUN_EVERY = Duration.ofMinutes(144);
  private static final List<String> CATEGORIES =
      IntStream.range(0, 12).mapToObj(i -> "category " + i).toList();

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path home;
  private final ProfileFormat format;

  private MonitorBenchmark(Path home) {
    this.home = home;
    this.format = new ProfileFormat(shape());
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    Path home =
        Path.of(arguments.length > 0 ? arguments[0] : "target/monitor-bench").toAbsolutePath();
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    MonitorBenchmark benchmark = new MonitorBenchmark(home);
    benchmark.make(records);
    for (int round = 0; round < 3; round++) {
      benchmark.monitor("the newest run, thirty windows", "{}", "--last=1");
      benchmark.monitor("all windows of a day", "{by: P1D, last: 1000}");
      benchmark.monitor("all runs as one", "{}", "--since=2000-01-01T00:00:00Z");
    }
  }

  private void monitor(String what, String windows, String... more) throws Exception {
    Path config = home.resolve("monitor.yaml");
    Files.writeString(config, "model: wide@prod\nwindows: " + windows + "\n");
    List<String> command =
        new ArrayList<>(
            List.of(mlctl(), "monitor", config.toString(), "--fail-on=none", "--format=json"));
    command.addAll(List.of(more));
    Processes.Cost cost = Processes.run(home, command);
    out.printf("%-31s %6.2f s %6d MB%n", what, cost.seconds(), cost.kilobytes() / 1024);
  }

  private static String mlctl() {
    return Path.of(System.getProperty("mlctl.home", "target/mlctl"), "bin", "mlctl")
        .toAbsolutePath()
        .toString();
  }

  private void make(int records) throws Exception {
    if (Files.exists(home)) {
      return;
    }
    Files.createDirectories(home);
    byte[] bundle = bundle().toBytes();
    Files.write(home.resolve("wide.mlb"), bundle);
    Processes.run(home, List.of(mlctl(), "deploy", "wide.mlb", "--to=prod"));
    Path folder = Files.createDirectories(home.resolve(".mlctl/registry/models/wide/prod/runs"));
    List<Map<String, Object>> profiles =
        IntStream.range(0, DIFFERENT)
            .mapToObj(i -> format.toMap(RunProfile.of(scored(new Random(i)))))
            .toList();
    Instant start = Instant.now().minus(RUN_EVERY.multipliedBy(records));
    for (int i = 0; i < records; i++) {
      Instant started = start.plus(RUN_EVERY.multipliedBy(i));
      String id = Runs.newId(started, new Random(i));
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("apiVersion", "mlctl/v1");
      record.put("kind", "score");
      record.put("id", id);
      record.put("model", "wide");
      record.put("release", 1L);
      record.put("digest", "sha256:" + Bundle.digest(bundle));
      record.put("started", started.toString());
      record.put("finished", started.plusSeconds(60).toString());
      record.put("status", "ok");
      record.put("rows_in", (long) ROWS);
      record.put("rows_rejected", 0L);
      record.put("profile", profiles.get(i % DIFFERENT));
      Files.write(
          folder.resolve(id + ".json"), Json.pretty(record).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A model that the profiles fit; what it computes does not matter. */
  private Bundle bundle() {
    List<Feature> features = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int c = 0; c < COLUMNS - 1; c++) {
      boolean category = c % 10 == 0;
      features.add(category ? Feature.category("c" + c, CATEGORIES) : Feature.number("x" + c));
      int[] levels = IntStream.range(0, CATEGORIES.size()).toArray();
      steps.add(category ? new Levels(false, levels.length, levels, -1, -1) : Scaling.none(0));
    }
    Signature signature = new Signature(Task.REGRESSION, "y", features, List.of());
    double[][] weights = {new double[COLUMNS - 1]};
    Model model =
        new Model(
            signature,
            new Preprocessor(steps),
            new Linear(weights, new double[] {0}, Link.IDENTITY));
    String header = String.join(",", signature.featureNames());
    String row = ",".repeat(COLUMNS - 2);
    Golden golden =
        Golden.record(model, (header + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8));
    return new Bundle(
        "wide",
        model,
        golden,
        scored(new Random(99)).counted(),
        Map.of("rmse", 1.0),
        new Provenance("0", "ols", "", "wide.csv", "00", 1, 1, 1, "", List.of()),
        "",
        "");
  }

  private static Profile shape() {
    Random random = new Random(7);
    List<ColumnProfile> features = new ArrayList<>();
    for (int c = 0; c < COLUMNS - 1; c++) {
      features.add(
          c % 10 == 0
              ? CategoryProfile.of("c" + c, CATEGORIES)
              : NumberProfile.binsFor("x" + c, values(random, c, 10_000), 10_000));
    }
    return new Profile(
        features, List.of(NumberProfile.binsFor(Profile.PREDICTION, values(random, 1, 999), 999)));
  }

  /** Columns of several kinds: normal, rounded, log-normal, mostly zero. */
  private static double[] values(Random random, int column, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double normal = random.nextGaussian();
      values[i] =
          switch (column % 4) {
            case 0 -> Math.rint(50 * normal);
            case 1 -> 20 + 5 * normal;
            case 2 -> Math.exp(normal);
            default -> random.nextInt(3) > 0 ? 0 : normal;
          };
    }
    return values;
  }

  private Profile scored(Random random) {
    Profile shape = format.shape();
    List<ColumnProfile> outputs =
        Stream.concat(shape.features().stream(), shape.outputs().stream()).toList();
    Profiler profiler = new Profiler(new Profile(List.of(), outputs));
    for (int rows = 0; rows < ROWS; rows += BATCH) {
      for (int c = 0; c < COLUMNS; c++) {
        if (outputs.get(c) instanceof NumberProfile) {
          profiler.addOutput(c, values(random, c, BATCH), BATCH, null);
        } else {
          int[] classes = random.ints(BATCH, 0, CATEGORIES.size()).toArray();
          profiler.addClasses(c, classes, BATCH, null);
        }
      }
    }
    Profile counted = profiler.profile();
    return new Profile(
        counted.outputs().subList(0, COLUMNS - 1),
        counted.outputs().subList(COLUMNS - 1, COLUMNS),
        counted.sketches());
  }
}
