package dev.mlctl.bench;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.Monitoring;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.Subject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often monitor cries wolf and how often it misses one: of 100 resamples of the rows each model
 * was trained on, how many are critical and how many a warning, by number of rows; then shifts
 * planted into one column at a time, and how many of 100 samples of 1,000 rows tell of that column.
 */
final class FalseAlarmBenchmark {
  private static final int TIMES = 100;
  private static final int[] SIZES = {50, 100, 200, 500, 1000, 5000, 50_000};
  private static final int SHIFTED_ROWS = 1000;
  private static final int MADE_ROWS = 10_000;
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String DIGEST = "ab".repeat(32);

  private final PrintStream out;
  private final MonitorSpec spec;

  private FalseAlarmBenchmark(PrintStream out, MonitorSpec spec) {
    this.out = out;
    this.spec = spec;
  }

  /**
   * Runs it.
   *
   * @param arguments lines of monitor.yaml that replace the defaults, such as {@code "thresholds:
   *     {learned: true}"}
   */
  public static void main(String[] arguments) throws IOException {
    String yaml = "model: any\n" + String.join("\n", arguments);
    Path here = Path.of("");
    MonitorSpec spec =
        MonitorSpec.from(
            ConfigFile.parse("monitor.yaml", yaml, MonitorSpec.SHAPE, List.of(), n -> null, here),
            here);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    FalseAlarmBenchmark benchmark = new FalseAlarmBenchmark(out, spec);
    List<AlarmData> data = data(Files.createTempDirectory("false-alarms"));
    benchmark.falseAlarms(data);
    benchmark.shifts(data);
  }

  private static List<AlarmData> data(Path directory) throws IOException {
    List<AlarmData> data = new ArrayList<>();
    Path train = directory.resolve("bikes-train.csv");
    Path test = directory.resolve("bikes-test.csv");
    Path bikes = Path.of("examples/bikes/data/bike-sharing-hour.csv");
    AlarmData.split(bikes, "bikes", 3, "0", train, test);
    data.add(
        AlarmData.trained(
            "bikes",
            directory,
            train,
            """
            task: regression
            target: count
            features: [season, year, month, hour, weekday, workingday, weathersit, temp, humidity,
              windspeed]
            split: {test_path: bikes-test.csv}
            algorithm: gradient_boosting
            params: {trees: 300, max_depth: 6, shrinkage: 0.1}
            """));
    Path income = Path.of("examples/income/data").toAbsolutePath();
    String adult =
        "task: classification\ntarget: income\nsplit: {test_path: \"%s\"}\n"
            .formatted(income.resolve("adult-test.csv"));
    data.add(
        AlarmData.trained(
            "adult",
            directory,
            income.resolve("adult-train.csv"),
            adult
                + "algorithm: gradient_boosting\n"
                + "params: {trees: 150, max_depth: 6, shrinkage: 0.1, subsample: 0.5}\n"));
    data.add(
        AlarmData.trained(
            "adult-forest",
            directory,
            income.resolve("adult-train.csv"),
            adult + "algorithm: random_forest\nparams: {trees: 50}\n"));
    data.add(
        AlarmData.trained(
            "penguins",
            directory,
            Path.of("examples/penguins/data/penguins.csv"),
            """
            task: classification
            target: species
            split: {folds: 5}
            algorithm: logistic_regression
            """));
    data.add(made("heavy-tails", directory, 6, FalseAlarmBenchmark::heavyTailed));
    data.add(made("sixty-categories", directory, 3, FalseAlarmBenchmark::sixty));
    data.add(made("zero-inflated", directory, 6, FalseAlarmBenchmark::zeroInflated));
    data.add(made("200-columns", directory, 200, FalseAlarmBenchmark::plain));
    return data;
  }

  private static AlarmData made(String name, Path directory, int columns, Maker maker)
      throws IOException {
    Random random = new Random(name.hashCode());
    List<String> rows = new ArrayList<>();
    for (int r = 0; r < MADE_ROWS; r++) {
      rows.add(
          IntStream.range(0, columns)
                  .mapToObj(c -> maker.value(random, c))
                  .collect(Collectors.joining(","))
              + ","
              + random.nextGaussian());
    }
    Path file = directory.resolve(name + ".csv");
    String header =
        IntStream.range(0, columns).mapToObj(c -> "x" + c).collect(Collectors.joining(","));
    AlarmData.write(file, header + ",truth", rows);
    return AlarmData.trained(
        name, directory, file, "task: regression\ntarget: truth\nalgorithm: ridge\n");
  }

  private interface Maker {
    String value(Random random, int column);
  }

  /** Student's t with one to three degrees of freedom, and exponentials of normal numbers. */
  private static String heavyTailed(Random random, int column) {
    if (column >= 3) {
      return Double.toString(Math.exp((column - 2) * random.nextGaussian()));
    }
    double squares = 0;
    for (int k = 0; k <= column; k++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    return Double.toString(random.nextGaussian() / Math.sqrt(squares / (column + 1)));
  }

  /** Sixty categories: alike, falling off, and one among rare ones. */
  private static String sixty(Random random, int column) {
    double u = random.nextDouble();
    double share = column == 0 ? u : column == 1 ? u * u * u : Math.max(0, u * 5 - 4);
    return "c" + (int) (60 * share);
  }

  private static String zeroInflated(Random random, int column) {
    double zeros = new double[] {0.5, 0.7, 0.9, 0.95, 0.99, 0.995}[column];
    return random.nextDouble() < zeros ? "0" : Double.toString(-Math.log(1 - random.nextDouble()));
  }

  private static String plain(Random random, int column) {
    return switch (column % 4) {
      case 0 -> Double.toString(random.nextGaussian());
      case 1 -> Integer.toString(random.nextInt(12));
      case 2 -> "c" + (int) (6 * random.nextDouble() * random.nextDouble());
      default -> random.nextInt(20) == 0 ? "" : Double.toString(random.nextDouble());
    };
  }

  private void falseAlarms(List<AlarmData> data) {
    out.println("Of 100 resamples of the training rows: critical / warning");
    out.printf("%-18s", "rows");
    for (int size : SIZES) {
      out.printf("%10d", size);
    }
    out.println();
    for (AlarmData rows : data) {
      StringBuilder blamed = new StringBuilder();
      out.printf("%-18s", rows.name());
      for (int size : SIZES) {
        Random random = new Random(31L * size + rows.name().hashCode());
        int critical = 0;
        int warnings = 0;
        Map<String, Integer> why = new LinkedHashMap<>();
        for (int i = 0; i < TIMES; i++) {
          MonitorReport report = check(rows.resampled(random, size));
          critical += report.severity() == Severity.CRITICAL ? 1 : 0;
          warnings += report.severity() == Severity.WARNING ? 1 : 0;
          report
              .breaches()
              .forEach(b -> why.merge(b.column() + " " + b.statistic(), 1, Integer::sum));
        }
        out.printf("%10s", critical + " / " + warnings);
        if (!why.isEmpty()) {
          blamed.append("    ").append(size).append(" rows: ").append(why).append('\n');
        }
      }
      out.println();
      out.print(blamed);
    }
  }

  private MonitorReport check(AlarmData sample) {
    Profile profile = sample.profile();
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("id", "sample");
    run.put("digest", DIGEST);
    run.put("started", NOW.toString());
    run.put("rows_in", profile.rows());
    run.put("rows_rejected", 0L);
    run.put("profile", ProfileJson.toMap(profile));
    Subject subject = new Subject(sample.name(), DIGEST, sample.bundle());
    return Monitoring.check(spec, subject, Records.of(List.of(run)), CLOCK);
  }

  private void shifts(List<AlarmData> data) {
    out.printf(
        "%nOf 100 samples of %,d rows with a planted shift: told of (critical); others blamed%n",
        SHIFTED_ROWS);
    for (AlarmData rows : data) {
      int columns = Math.min(rows.features().features().size(), 16);
      for (int f = 0; f < columns; f++) {
        String line = shiftsOf(rows, f);
        out.printf("%-18s%-18s%s%n", rows.name(), rows.features().features().get(f).name(), line);
      }
    }
  }

  private String shiftsOf(AlarmData rows, int f) {
    List<String> told = new ArrayList<>();
    if (rows.features().features().get(f).type() == FeatureType.CATEGORY) {
      int[] order =
          byCount(rows.features().codes(f), rows.features().features().get(f).categories().size());
      if (order.length > 1) {
        int a = order[0];
        int b = order[1];
        int last = order[Math.min(order.length - 1, 3)];
        told.add(
            shares(rows, f, a, b)
                + " swapped "
                + caught(rows, f, (sample, random) -> swap(sample.codes(f), a, b)));
        told.add(
            shares(rows, f, a, last)
                + " swapped "
                + caught(rows, f, (sample, random) -> swap(sample.codes(f), a, last)));
        told.add(
            shares(rows, f, b)
                + " renamed "
                + caught(rows, f, (sample, random) -> rename(sample.codes(f), b)));
      }
      told.add("5 % null " + caught(rows, f, (sample, random) -> nulls(sample, f, random)));
    } else {
      double step = 0.5 * ((NumberProfile) rows.bundle().baseline().features().get(f)).deviation();
      if (step > 0) {
        told.add("mean + sd/2 " + caught(rows, f, (sample, random) -> add(sample, f, step)));
        told.add("mean - sd/2 " + caught(rows, f, (sample, random) -> add(sample, f, -step)));
      }
      told.add("5 % null " + caught(rows, f, (sample, random) -> nulls(sample, f, random)));
    }
    return String.join(", ", told);
  }

  private String caught(AlarmData rows, int f, BiConsumer<FeatureBatch, Random> shift) {
    Random random = new Random(7L * f + rows.name().hashCode());
    String column = rows.features().features().get(f).name();
    int caught = 0;
    int critical = 0;
    int others = 0;
    for (int i = 0; i < TIMES; i++) {
      AlarmData sample = rows.resampled(random, SHIFTED_ROWS);
      shift.accept(sample.features(), random);
      List<Finding> breaches = check(sample).breaches();
      List<Finding> own = breaches.stream().filter(b -> b.column().equals(column)).toList();
      caught += own.isEmpty() ? 0 : 1;
      critical += own.stream().anyMatch(b -> b.severity() == Severity.CRITICAL) ? 1 : 0;
      others += breaches.size() > own.size() ? 1 : 0;
    }
    return String.format(Locale.ROOT, "%3d (%3d; %d)", caught, critical, others);
  }

  private static int[] byCount(int[] codes, int categories) {
    long[] counts = new long[categories];
    for (int code : codes) {
      if (code >= 0) {
        counts[code]++;
      }
    }
    return IntStream.range(0, categories)
        .boxed()
        .sorted((a, b) -> Long.compare(counts[b], counts[a]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** How many of the rows have each of the categories, in per cent. */
  private static String shares(AlarmData rows, int f, int... categories) {
    int[] codes = rows.features().codes(f);
    return IntStream.of(categories)
        .mapToObj(c -> IntStream.of(codes).filter(code -> code == c).count())
        .map(n -> String.format(Locale.ROOT, "%.1f", 100.0 * n / codes.length))
        .collect(Collectors.joining(" and ", "", " %"));
  }

  private static void swap(int[] codes, int a, int b) {
    for (int r = 0; r < codes.length; r++) {
      codes[r] = codes[r] == a ? b : codes[r] == b ? a : codes[r];
    }
  }

  private static void rename(int[] codes, int category) {
    for (int r = 0; r < codes.length; r++) {
      codes[r] = codes[r] == category ? FeatureBatch.UNKNOWN : codes[r];
    }
  }

  private static void add(FeatureBatch sample, int f, double step) {
    for (int r = 0; r < sample.rows(); r++) {
      sample.numbers(f)[r] += step;
    }
  }

  private static void nulls(FeatureBatch sample, int f, Random random) {
    for (int r = 0; r < sample.rows(); r++) {
      if (random.nextInt(20) == 0) {
        if (sample.features().get(f).type() == FeatureType.CATEGORY) {
          sample.codes(f)[r] = FeatureBatch.MISSING;
        } else {
          sample.numbers(f)[r] = Double.NaN;
        }
      }
    }
  }
}
