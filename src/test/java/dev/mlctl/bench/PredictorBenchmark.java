package dev.mlctl.bench;

import dev.mlctl.model.Link;
import dev.mlctl.model.TreeEnsemble;
import dev.mlctl.train.SmileModel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Rows a second of tree ensembles: ours beside ONNX Runtime and Smile on the same models, trained
 * here on made-up data with ten features. Answers are compared first. Medians of five rounds in
 * which all take turns.
 *
 * <p>With one thread the clock is the thread's own processor time, so that other work on the
 * machine counts little; with two it is the wall's. ONNX Runtime is given its best: tensors in
 * place, float as skl2onnx makes it and, where one operator can say it, double; two threads as one
 * session with two and as two sessions with one.
 */
final class PredictorBenchmark {
  private static final int ROUNDS = 5;
  private static final long NANOS = 700_000_000L;
  private static final int FEATURES = 10;
  private static final int TRAINED_ON = 30_000;
  private static final int ROWS = 4096;
  private static final int SMILE_ROWS = 256;

  /** Predicts some rows again and again. */
  private interface Contender {
    void predict();
  }

  /** One way to use some threads: one contender each. */
  private record Entry(String who, int rows, List<Contender> threads) {}

  private final PrintStream out;
  private final double[][] x;
  private final List<OnnxPredictor> open = new ArrayList<>();

  private PredictorBenchmark(PrintStream out) {
    this.out = out;
    this.x = inputs(ROWS, 2);
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Logger.getLogger("smile").setLevel(Level.WARNING);
    new PredictorBenchmark(new PrintStream(new FileOutputStream(FileDescriptor.out))).run();
  }

  private void run() throws Exception {
    double[][] data = inputs(TRAINED_ON, 1);
    out.printf(
        "%-34s %7s %10s %12s %10s %10s %8s%n",
        "model", "threads", "mlctl", "ONNX Runtime", "Smile", "x ONNX", "x Smile");
    // Smile counts levels of nodes: seven are six splits on the way to a leaf.
    compare("boosting, 300 x depth 6", SmileModel.boosting(data, target(data, 0), 0, 300, 7));
    compare("boosting, 2 classes", SmileModel.boosting(data, target(data, 2), 2, 300, 7));
    compare("forest, 200 deep", SmileModel.forest(data, target(data, 0), 0, 200));
    compare("forest, 3 classes", SmileModel.forest(data, target(data, 3), 3, 200));
  }

  /** Whole multiples of 2^-20 below 1: floats hold them, and the means of any two. */
  private static double[][] inputs(int rows, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[FEATURES][rows];
    for (int r = 0; r < rows; r++) {
      for (double[] column : x) {
        column[r] = random.nextInt(1 << 20) / (double) (1 << 20);
      }
    }
    return x;
  }

  /** Friedman's first function (1991) with noise, cut into classes if wanted. */
  private static double[] target(double[][] x, int classes) {
    Random random = new Random(3);
    double[] y = new double[x[0].length];
    for (int r = 0; r < y.length; r++) {
      double square = (x[2][r] - 0.5) * (x[2][r] - 0.5);
      double value = 10 * Math.sin(Math.PI * x[0][r] * x[1][r]) + 20 * square;
      value += 10 * x[3][r] + 5 * x[4][r] + random.nextGaussian();
      y[r] = classes == 0 ? value : Math.max(0, Math.min(classes - 1, Math.floor(value / 4) - 2));
    }
    return y;
  }

  private void compare(String name, SmileModel model) throws Exception {
    TreeEnsemble trees = model.ensemble();
    try {
      contest(name + " (" + trees.nodes() + " nodes)", 1, entries(model, 1));
      contest("", 2, entries(model, 2));
    } finally {
      for (OnnxPredictor predictor : open) {
        predictor.close();
      }
      open.clear();
    }
  }

  private List<Entry> entries(SmileModel model, int threads) throws Exception {
    TreeEnsemble trees = model.ensemble();
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("mlctl", ROWS, repeat(threads, () -> ours(trees))));
    byte[] floats = OnnxTrees.version3(trees);
    entries.add(new Entry("onnx", ROWS, repeat(threads, () -> onnx(trees, floats, false, 1))));
    if (threads > 1) {
      entries.add(new Entry("onnx", ROWS, List.of(onnx(trees, floats, false, threads))));
    }
    if (trees.link() == Link.IDENTITY) {
      byte[] doubles = OnnxTrees.version5(trees);
      entries.add(new Entry("onnx", ROWS, repeat(threads, () -> onnx(trees, doubles, true, 1))));
      if (threads > 1) {
        entries.add(new Entry("onnx", ROWS, List.of(onnx(trees, doubles, true, threads))));
      }
    }
    entries.add(new Entry("smile", SMILE_ROWS, repeat(threads, () -> smile(model))));
    return entries;
  }

  private static List<Contender> repeat(int times, Callable<Contender> make) throws Exception {
    List<Contender> made = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      made.add(make.call());
    }
    return made;
  }

  private Contender ours(TreeEnsemble trees) {
    double[][] outputs = new double[trees.outputs()][ROWS];
    return () -> trees.predict(x, ROWS, outputs);
  }

  private Contender smile(SmileModel model) {
    double[] row = new double[FEATURES];
    double[] outputs = new double[model.ensemble().outputs()];
    return () -> {
      for (int r = 0; r < SMILE_ROWS; r++) {
        for (int i = 0; i < row.length; i++) {
          row[i] = x[i][r];
        }
        model.predict(row, outputs);
      }
    };
  }

  private Contender onnx(TreeEnsemble trees, byte[] file, boolean doubles, int threads)
      throws Exception {
    int outputs = trees.outputs();
    OnnxPredictor predictor = new OnnxPredictor(file, doubles, x, ROWS, outputs, threads);
    open.add(predictor);
    predictor.run();
    double[][] ours = new double[outputs][ROWS];
    trees.predict(x, ROWS, ours);
    double tolerance = doubles ? 1e-12 : 1e-5;
    for (int i = 0; i < ROWS * outputs; i++) {
      // Version 5 has no base.
      double theirs = predictor.result(i) + (doubles ? trees.base()[i % outputs] : 0);
      double own = ours[i % outputs][i / outputs];
      if (!(Math.abs(own - theirs) <= tolerance * Math.max(1, Math.abs(own)))) {
        throw new IllegalStateException("row " + i / outputs + ": " + own + ", not " + theirs);
      }
    }
    return predictor::run;
  }

  private void contest(String name, int threads, List<Entry> entries) throws Exception {
    double[][] rates = new double[entries.size()][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (int e = 0; e < rates.length; e++) {
        double rate = rate(entries.get(e), threads == 1);
        if (round >= 0) {
          rates[e][round] = rate;
        }
      }
    }
    Map<String, Double> best = new LinkedHashMap<>();
    for (int e = 0; e < rates.length; e++) {
      Arrays.sort(rates[e]);
      best.merge(entries.get(e).who(), rates[e][ROUNDS / 2], Math::max);
    }
    double mlctl = best.get("mlctl");
    out.printf(
        "%-34s %7d %,10.0f %,12.0f %,10.0f %10.1f %8.1f%n",
        name,
        threads,
        mlctl,
        best.get("onnx"),
        best.get("smile"),
        mlctl / best.get("onnx"),
        mlctl / best.get("smile"));
  }

  private static double rate(Entry entry, boolean ownTime) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(entry.threads().size());
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (Contender contender : entry.threads()) {
        rates.add(executor.submit(() -> rate(contender, entry.rows(), ownTime)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } finally {
      executor.shutdownNow();
    }
  }

  private static double rate(Contender contender, int rows, boolean ownTime) {
    long start = nanos(ownTime);
    long done = 0;
    while (nanos(ownTime) - start < NANOS) {
      contender.predict();
      done += rows;
    }
    return done * 1e9 / (nanos(ownTime) - start);
  }

  private static long nanos(boolean ownTime) {
    return ownTime
        ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
