package dev.mlctl.bench;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.NumberText;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where a row's time goes: what a worker does with a range of CSV, on one thread over bytes in
 * memory, each stage timed around every batch. Prints nanoseconds of processor time per row, the
 * median of the rounds; {@code Double.toString} beside mlctl's own printing of the prediction.
 *
 * <p>Arguments: rows (300000), rounds (21), the first third of which are warm-up.
 */
final class StageBenchmark {
  private static final int COLUMNS = 10;
  private static final int FLUSH_BYTES = 1 << 20;
  private static final int SLACK = 1 << 12;

  private static final int READ = 0;
  private static final int DECODE = 1;
  private static final int SCORE = 2;
  private static final int PROFILE = 3;
  private static final int ENCODE = 4;
  private static final int ENCODE_BY_JAVA = 5;
  private static final List<String> STAGES =
      List.of("read", "decode", "score", "profile", "encode", "(by Java)");

  private final Bundle bundle = Bundles.linear(COLUMNS);
  private final List<Feature> features = bundle.signature().features();
  private final List<String> names = features.stream().map(Feature::name).toList();
  private final byte[] csv;
  private final byte[] out = new byte[FLUSH_BYTES + SLACK];
  private final long[] nanos = new long[STAGES.size()];
  private Profile baseline;
  private int size;

  private StageBenchmark(int rows) {
    csv = csv(rows);
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
    new StageBenchmark(rows).run(rows, rounds);
  }

  private void run(int rows, int rounds) throws IOException {
    baseline = baseline();
    int warmUp = rounds / 3;
    double[][] perRow = new double[nanos.length][rounds - warmUp];
    for (int round = 0; round < rounds; round++) {
      Arrays.fill(nanos, 0);
      pass();
      for (int s = 0; s < nanos.length && round >= warmUp; s++) {
        perRow[s][round - warmUp] = (double) nanos[s] / rows;
      }
    }
    print(perRow);
  }

  private static void print(double[][] perRow) {
    PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out));
    double[] medians = new double[perRow.length];
    for (int s = 0; s < perRow.length; s++) {
      Arrays.sort(perRow[s]);
      medians[s] = perRow[s][perRow[s].length / 2];
    }
    double total = Arrays.stream(medians).limit(ENCODE_BY_JAVA).sum();
    for (int s = 0; s < medians.length; s++) {
      console.printf(
          "%-9s %7.1f ns/row  %5.1f %%%n", STAGES.get(s), medians[s], 100 * medians[s] / total);
    }
    console.printf("%-9s %7.1f ns/row%n", "together", total);
  }

  private void pass() throws IOException {
    int[] columns = IntStream.range(0, COLUMNS).toArray();
    FeatureDecoder decoder = new FeatureDecoder(features, columns, Set.of("NA"));
    Profiler profiler = new Profiler(baseline);
    size = 0;
    try (CsvReader reader = open()) {
      FeatureBatch into = null;
      Scorer scorer = null;
      long t = cpuNanos();
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        t = tick(READ, t);
        if (into == null) {
          into = new FeatureBatch(features, batch.capacity());
          scorer = bundle.model().scorer(batch.capacity());
          t = cpuNanos();
        }
        decoder.decode(batch, into);
        t = tick(DECODE, t);
        Predictions predictions = scorer.score(into);
        t = tick(SCORE, t);
        profiler.addFeatures(into, batch);
        profiler.addOutput(0, predictions.outputs()[0], batch.rows(), batch);
        t = tick(PROFILE, t);
        encode(batch, predictions);
        t = tick(ENCODE, t);
        encodeByJava(batch, predictions);
        t = tick(ENCODE_BY_JAVA, t);
      }
    }
    if (profiler.profile().rows() == 0) {
      throw new IllegalStateException("nothing was counted");
    }
  }

  private long tick(int stage, long since) {
    long now = cpuNanos();
    nanos[stage] += now - since;
    return now;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private CsvReader open() throws IOException {
    return CsvReader.part(
        new ByteArrayInputStream(csv), CsvOptions.DEFAULT, "bench", names, names, TextRange.ALL);
  }

  private void encode(RowBatch batch, Predictions predictions) {
    double[] values = predictions.outputs()[0];
    for (int r = 0; r < batch.rows(); r++) {
      copy(batch, r);
      size = NumberText.put(values[r], out, size);
      out[size++] = '\n';
    }
  }

  @SuppressWarnings("deprecation") // the quickest way from an ASCII text to bytes
  private void encodeByJava(RowBatch batch, Predictions predictions) {
    double[] values = predictions.outputs()[0];
    for (int r = 0; r < batch.rows(); r++) {
      copy(batch, r);
      String text = Double.toString(values[r]);
      text.getBytes(0, text.length(), out, size);
      size += text.length();
      out[size++] = '\n';
    }
  }

  /** A row as it came and a comma; a full buffer begins anew. */
  private void copy(RowBatch batch, int row) {
    int start = batch.recordStart(row);
    int length = batch.recordEnd(row) - start;
    if (size + length > FLUSH_BYTES) {
      size = 0;
    }
    System.arraycopy(batch.bytes(), start, out, size, length);
    size += length;
    out[size++] = ',';
  }

  /** The bins training would have chosen. */
  private Profile baseline() throws IOException {
    List<ColumnProfile> columns = new ArrayList<>();
    List<ColumnProfile> outputs = new ArrayList<>();
    try (CsvReader reader = open()) {
      RowBatch batch = reader.next();
      FeatureBatch into = new FeatureBatch(features, batch.capacity());
      int[] positions = IntStream.range(0, COLUMNS).toArray();
      new FeatureDecoder(features, positions, Set.of()).decode(batch, into);
      for (int f = 0; f < COLUMNS; f++) {
        columns.add(NumberProfile.binsFor(names.get(f), into.numbers(f), into.rows()));
      }
      double[] values = bundle.model().scorer(batch.capacity()).score(into).outputs()[0];
      outputs.add(NumberProfile.binsFor(Profile.PREDICTION, values, into.rows()));
    }
    return new Profile(columns, outputs);
  }

  private byte[] csv(int rows) {
    Random random = new Random(7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows * 100);
    for (int r = 0; r < rows; r++) {
      StringBuilder row = new StringBuilder();
      for (int c = 0; c < COLUMNS; c++) {
        long number = random.nextInt(20_000_000) - 10_000_000L;
        row.append(c == 0 ? "" : ",").append(number / 1e5);
      }
      bytes.writeBytes(row.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
