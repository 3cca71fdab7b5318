package dev.mlctl.bench;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import dev.mlctl.data.NumberText;
import dev.mlctl.data.Numbers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * What reading a number from bytes and writing it to bytes costs, by the kind of number, beside
 * FastDoubleParser and {@code Double.toString}: nanoseconds of processor time per number, best of
 * the rounds, all in turn. There are more numbers than a branch predictor can learn by heart.
 */
final class NumberBenchmark {
  private static final int COUNT = 100_000;
  private static final int ROUNDS = 40;
  private static final int LINE = 32;

  private final String name;
  private final double[] values;
  private final byte[] texts = new byte[COUNT * LINE];
  private final int[] starts = new int[COUNT];
  private final int[] ends = new int[COUNT];
  private final byte[] out = new byte[COUNT * LINE];
  private final double[] best = new double[4];
  private final double expected;

  private NumberBenchmark(String name, double[] values) {
    this.name = name;
    this.values = values;
    Arrays.fill(best, Double.MAX_VALUE);
    double sum = 0;
    int at = LINE;
    for (int i = 0; i < COUNT; i++) {
      String text = Double.toString(values[i]);
      byte[] ascii =
          (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text)
              .getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(ascii, 0, texts, at, ascii.length);
      starts[i] = at;
      ends[i] = at + ascii.length;
      at = ends[i] + 1;
      sum += values[i];
    }
    this.expected = sum;
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Random random = new Random(1);
    Map<String, DoubleSupplier> kinds = new LinkedHashMap<>();
    kinds.put("digits 0 to 9", () -> random.nextInt(10));
    kinds.put("whole to 10 million", () -> random.nextInt(10_000_000));
    kinds.put("0.24", () -> random.nextInt(100) / 100.0);
    kinds.put("±1234.5", () -> (random.nextInt(200_000) - 100_000) / 10.0);
    kinds.put("-52.41833", () -> (random.nextInt(20_000_000) - 10_000_000) / 1e5);
    kinds.put("123456.789", () -> random.nextInt(1_000_000_000) / 1e3);
    kinds.put("0.123456789012", () -> Math.rint(random.nextDouble() * 1e12) / 1e12);
    kinds.put("12345.678901234567", () -> random.nextDouble() * 100_000);
    kinds.put(
        "any mantissa and exponent",
        () -> random.nextGaussian() * Math.exp(100 * random.nextGaussian()));
    List<NumberBenchmark> all = new ArrayList<>();
    kinds.forEach(
        (name, next) ->
            all.add(new NumberBenchmark(name, DoubleStream.generate(next).limit(COUNT).toArray())));
    for (int round = 0; round < ROUNDS; round++) {
      all.forEach(NumberBenchmark::round);
    }
    all.forEach(NumberBenchmark::print);
  }

  private void round() {
    time(0, this::parse);
    time(1, this::parseByLibrary);
    time(2, this::write);
    time(3, this::writeByJava);
  }

  private void time(int what, Runnable task) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    task.run();
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    best[what] = Math.min(best[what], (double) (end - start) / COUNT);
  }

  private void parse() {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += Numbers.parse(texts, starts[i], ends[i]);
    }
    check(sum);
  }

  private void parseByLibrary() {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += JavaDoubleParser.parseDouble(texts, starts[i], ends[i] - starts[i]);
    }
    check(sum);
  }

  private void check(double sum) {
    if (sum != expected) {
      throw new IllegalStateException(name + ": parsed wrong");
    }
  }

  private void write() {
    int at = 0;
    for (double value : values) {
      at = NumberText.put(value, out, at);
    }
  }

  @SuppressWarnings("deprecation") // the quickest way from an ASCII text to bytes
  private void writeByJava() {
    int at = 0;
    for (double value : values) {
      String text = Double.toString(value);
      text.getBytes(0, text.length(), out, at);
      at += text.length();
    }
  }

  private void print() {
    PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out));
    console.printf(
        "%-26s parse %5.1f ns (FastDoubleParser %5.1f), write %5.1f ns (Java %5.1f)%n",
        name, best[0], best[1], best[2], best[3]);
  }
}
