package dev.mlctl.bench;

import dev.mlctl.config.Json;
import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RunProfile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long it takes to read the profiles of many run records of a wide model, as monitor does, and
 * to add them up: 200 columns, every tenth of categories, the others of numbers in 20 bins, with
 * their sketches. To be run as monitor runs, with {@code -XX:TieredStopAtLevel=1}.
 *
 * <p>Arguments: a directory, made once and kept; how many records (10000); threads (2).
 */
final class RecordsBenchmark {
  private static final int COLUMNS = 200;
  private static final int ROWS = 60_000;
  private static final int BATCH = 4_000;
  private static final int DIFFERENT = 8;
  private static final List<String> CATEGORIES =
      IntStream.range(0, 12).mapToObj(i -> "category " + i).toList();

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path folder;
  private final ProfileFormat format = new ProfileFormat(shape());

  private RecordsBenchmark(Path folder) {
    this.folder = folder;
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    RecordsBenchmark benchmark =
        new RecordsBenchmark(Path.of(arguments[0], "models/wide/prod/runs"));
    benchmark.make(records);
    for (int round = 0; round < 2; round++) {
      benchmark.read(threads);
    }
  }

  private void make(int records) throws IOException {
    if (Files.exists(folder)) {
      return;
    }
    Files.createDirectories(folder);
    List<Map<String, Object>> profiles =
        IntStream.range(0, DIFFERENT)
            .mapToObj(i -> format.toMap(RunProfile.of(scored(new Random(i)))))
            .toList();
    for (int i = 0; i < records; i++) {
      String id = String.format("20260101T000000.000Z-%08x", i);
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("apiVersion", "mlctl/v1");
      record.put("kind", "score");
      record.put("id", id);
      record.put("model", "wide");
      record.put("digest", "sha256:" + "ab".repeat(32));
      record.put("started", "2026-01-01T00:00:00Z");
      record.put("finished", "2026-01-01T00:01:00Z");
      record.put("status", "ok");
      record.put("rows_in", (long) ROWS);
      record.put("rows_rejected", 0L);
      record.put("profile", profiles.get(i % DIFFERENT));
      Files.write(
          folder.resolve(id + ".json"), Json.pretty(record).getBytes(StandardCharsets.UTF_8));
    }
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

  private void read(int threads) throws Exception {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    }
    AtomicLong bytes = new AtomicLong();
    long start = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    List<ProfileSum> sums = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      List<Path> own = files.subList(files.size() * t / threads, files.size() * (t + 1) / threads);
      ProfileSum sum = ProfileSum.ofCounts(format.shape());
      sums.add(sum);
      workers.add(new Thread(() -> own.forEach(file -> bytes.addAndGet(read(file, sum)))));
    }
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long rows = sums.stream().mapToLong(sum -> sum.profile().rows()).sum();
    out.printf(
        "%,d records of %,d bytes, %,d rows: %.2f s%n",
        files.size(), bytes.get() / Math.max(1, files.size()), rows, seconds);
  }

  private int read(Path file, ProfileSum sum) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Map<String, Object> record = Json.readObject("run", bytes);
      sum.add(format.fromMap((Map<?, ?>) record.get("profile")).whole());
      return bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
