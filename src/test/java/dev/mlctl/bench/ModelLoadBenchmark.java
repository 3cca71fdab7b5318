package dev.mlctl.bench;

import dev.mlctl.cli.Program;
import dev.mlctl.data.Feature;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.BundleFile;
import dev.mlctl.model.Bundles;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Step;
import dev.mlctl.model.Task;
import dev.mlctl.model.TreeEnsembleBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How long a forest of 500 trees takes to load: reading its bytes, hashing them, and making the
 * checked model of them, each in a process that has just started and has the heap that score has.
 * Then what the packaged program takes to score one row with it, beside a linear model.
 *
 * <p>Arguments: rounds (5).
 */
final class ModelLoadBenchmark {
  private static final int TREES = 500;
  private static final int FEATURES = 10;
  private static final int[] NODES_PER_TREE = {5_000, 20_000};

  /** As the launcher starts score. */
  private static final List<String> AS_SCORE =
      List.of(
          "-Xmx768m",
          "-XX:+UseParallelGC",
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=200000");

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final int rounds;
  private final Path folder;

  private ModelLoadBenchmark(int rounds) throws IOException {
    this.rounds = rounds;
    this.folder =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "mlctl-bench-models"));
  }

  /** Runs the benchmark; with {@code load}, one of its processes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1 && arguments[0].equals("load")) {
      load(Path.of(arguments[1]), Path.of(arguments[2]));
      return;
    }
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    ModelLoadBenchmark benchmark = new ModelLoadBenchmark(rounds);
    for (int nodes : NODES_PER_TREE) {
      benchmark.measure(nodes - 1);
    }
  }

  private void measure(int nodesPerTree) throws Exception {
    Path file = folder.resolve("forest-" + nodesPerTree + ".mlb");
    if (!Files.exists(file)) {
      BundleFile.write(file, forest(nodesPerTree).toBytes());
    }
    out.printf(
        "%d trees of %,d nodes, %,d MB%n", TREES, nodesPerTree, Files.size(file) / 1_000_000);
    Path figures = folder.resolve("figures");
    List<List<Double>> all = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    double heap = 0;
    for (int round = 0; round < rounds; round++) {
      Processes.run(folder, java(file, figures));
      String[] line = Files.readString(figures).split(" ", -1);
      for (int i = 0; i < all.size(); i++) {
        all.get(i).add(Double.parseDouble(line[i]));
      }
      heap = Math.max(heap, Double.parseDouble(line[all.size()]));
    }
    Files.delete(figures);
    double read = Processes.median(all.get(0));
    double hash = Processes.median(all.get(1));
    double load = Processes.median(all.get(2));
    out.printf(
        "  read %.3f s, hash %.3f s, load %.3f s: %.2f x reading and hashing; heap at most %,.0f MB%n",
        read, hash, load, load / (read + hash), heap);
    score(file);
  }

  /** Times the phases; the figures go to a file. */
  private static void load(Path file, Path figures) throws IOException {
    long start = System.nanoTime();
    byte[] bytes = BundleFile.read(file);
    long read = System.nanoTime();
    String digest = Bundle.digest(bytes);
    long hashed = System.nanoTime();
    Bundle bundle = Bundle.parse(bytes);
    long loaded = System.nanoTime();
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(peak -> peak.getUsed())
            .sum();
    if (digest.isEmpty() || bundle.prove() > 0) {
      throw new IllegalStateException("it is another model");
    }
    Files.writeString(
        figures,
        "%s %s %s %s"
            .formatted(
                (read - start) / 1e9, (hashed - read) / 1e9, (loaded - hashed) / 1e9, heap / 1e6));
  }

  private void score(Path forest) throws Exception {
    Path line = folder.resolve("line.mlb");
    Files.write(line, Bundles.linear(FEATURES).toBytes());
    String names = String.join(",", Bundles.linear(FEATURES).signature().featureNames());
    Files.writeString(folder.resolve("row.csv"), names + "\n1,2,3,4,5,6,7,8,9,10\n");
    for (Path model : List.of(line, forest)) {
      Processes.run(folder, mlctl(model));
      Processes.awaitNoFile(Program.home().resolve("cds"), "*.lock");
      List<Double> seconds = new ArrayList<>();
      long kilobytes = 0;
      for (int round = 0; round < rounds; round++) {
        Processes.Cost cost = Processes.run(folder, mlctl(model));
        seconds.add(cost.seconds());
        kilobytes = Math.max(kilobytes, cost.kilobytes());
      }
      out.printf(
          "  one row scored with %-18s %.2f s, peak %,d MB%n",
          model.getFileName(), Processes.median(seconds), kilobytes / 1024);
    }
  }

  private static List<String> java(Path file, Path figures) {
    return Processes.java(
        AS_SCORE, ModelLoadBenchmark.class, "load", file.toString(), figures.toString());
  }

  private static List<String> mlctl(Path model) {
    return List.of(
        Program.home().resolve("bin/mlctl").toString(),
        "score",
        "-q",
        "--overwrite",
        "--model",
        model.toString(),
        "--input",
        "row.csv",
        "-o",
        "row.out.csv");
  }

  private static Bundle forest(int nodesPerTree) {
    List<String> names = Bundles.linear(FEATURES).signature().featureNames();
    TreeEnsembleBuilder trees = new TreeEnsembleBuilder();
    Random random = new Random(5);
    for (int t = 0; t < TREES; t++) {
      trees.tree(0);
      grow(trees, (nodesPerTree - 1) / 2, random);
    }
    Signature signature =
        new Signature(
            Task.REGRESSION, "y", names.stream().map(Feature::number).toList(), List.of());
    Model model =
        new Model(
            signature,
            new Preprocessor(names.stream().map(n -> (Step) Scaling.none(0)).toList()),
            trees.build(FEATURES, new double[1], 1.0 / TREES, Link.IDENTITY));
    String row = String.join(",", IntStream.range(0, FEATURES).mapToObj(i -> "0.5").toList());
    return Bundles.bundle("forest", model, String.join(",", names) + "\n" + row + "\n");
  }

  /** Somewhat uneven halves, as training makes them: three times as deep as even ones. */
  private static void grow(TreeEnsembleBuilder trees, int splits, Random random) {
    if (splits == 0) {
      trees.leaf(random.nextGaussian());
      return;
    }
    int split = trees.split(random.nextInt(FEATURES), random.nextDouble());
    int left = random.nextInt(splits);
    grow(trees, left, random);
    trees.otherwise(split);
    grow(trees, splits - 1 - left, random);
  }
}
