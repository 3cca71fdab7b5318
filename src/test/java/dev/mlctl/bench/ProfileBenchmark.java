package dev.mlctl.bench;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What counting a value into a profile costs, by the kind of column: nanoseconds of processor time
 * per value, best of the rounds, kinds in turn. Batches are as large as the readers', and there are
 * more of them than a branch predictor can learn by heart.
 */
final class ProfileBenchmark {
  private static final int ROWS = 4096;
  private static final int BATCHES = 64;
  private static final int ROUNDS = 60;

  /** Something to count, batch by batch. */
  private interface Kind {
    void count(int batch);
  }

  private ProfileBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Map<String, Kind> kinds = kinds();
    double[] best = new double[kinds.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round < ROUNDS; round++) {
      int k = 0;
      for (Kind kind : kinds.values()) {
        best[k] = Math.min(best[k], nanos(kind));
        k++;
      }
    }
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    int k = 0;
    for (String name : kinds.keySet()) {
      out.printf("%-36s %5.2f ns/value%n", name, best[k++]);
    }
  }

  private static double nanos(Kind kind) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int batch = 0; batch < BATCHES; batch++) {
      kind.count(batch);
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (double) (end - start) / BATCHES / ROWS;
  }

  private static Map<String, Kind> kinds() {
    Random random = new Random(1);
    DoubleUnaryOperator uniform = i -> random.nextDouble() * 200 - 100;
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("uniform, 20 bins", numbers(uniform, uniform));
    kinds.put("normal, 20 bins", numbers(i -> random.nextGaussian(), i -> random.nextGaussian()));
    DoubleUnaryOperator skewed = i -> Math.exp(random.nextGaussian());
    kinds.put("log-normal, 20 bins", numbers(skewed, skewed));
    DoubleUnaryOperator verySkewed = i -> Math.exp(3 * random.nextGaussian());
    kinds.put("very skewed, 20 bins", numbers(verySkewed, verySkewed));
    DoubleUnaryOperator few = i -> random.nextInt(32);
    kinds.put("32 different values", numbers(few, few));
    DoubleUnaryOperator two = i -> random.nextInt(2);
    kinds.put("2 different values", numbers(two, two));
    kinds.put("a constant", numbers(i -> 5, i -> 5));
    kinds.put("sorted, 20 bins", numbers(uniform, i -> i / ROWS / BATCHES * 200 - 100));
    kinds.put("drifted out of range", numbers(uniform, i -> uniform.applyAsDouble(i) + 150));
    kinds.put(
        "a twentieth missing",
        numbers(uniform, i -> random.nextInt(20) == 0 ? Double.NaN : uniform.applyAsDouble(i)));
    kinds.put("20 categories", categories(20, random));
    kinds.put("1 category", categories(1, random));
    return kinds;
  }

  private static Kind numbers(DoubleUnaryOperator baseline, DoubleUnaryOperator scored) {
    double[] seen = IntStream.range(0, 10_000).mapToDouble(baseline::applyAsDouble).toArray();
    Profiler profiler = profiler(NumberProfile.binsFor("x", seen, seen.length));
    double[][] values =
        IntStream.range(0, BATCHES)
            .mapToObj(
                b ->
                    IntStream.range(b * ROWS, (b + 1) * ROWS)
                        .mapToDouble(scored::applyAsDouble)
                        .toArray())
            .toArray(double[][]::new);
    return batch -> profiler.addOutput(0, values[batch], ROWS, null);
  }

  private static Kind categories(int count, Random random) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    Profiler profiler = profiler(CategoryProfile.of("c", names));
    int[][] codes =
        IntStream.range(0, BATCHES)
            .mapToObj(b -> random.ints(ROWS, 0, count).toArray())
            .toArray(int[][]::new);
    return batch -> profiler.addClasses(0, codes[batch], ROWS, null);
  }

  private static Profiler profiler(ColumnProfile shape) {
    return new Profiler(new Profile(List.of(), List.of(shape)));
  }
}
