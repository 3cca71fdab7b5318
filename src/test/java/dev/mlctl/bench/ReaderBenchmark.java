package dev.mlctl.bench;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How fast one thread reads CSV and decodes numbers: 200 MB, ten columns of one to nine digits.
 * Prints megabytes a second of reading alone and of reading with decoding, best of five. The clock
 * is the thread's own processor time, so that other work on the machine counts little.
 */
final class ReaderBenchmark {
  private static final int COLUMNS = 10;
  private static final int MEGABYTES = 200;

  private ReaderBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    byte[] csv = rows();
    for (boolean decode : new boolean[] {false, true}) {
      double best = 0;
      for (int round = 0; round < 5; round++) {
        long start = cpuNanos();
        long rows = read(csv, decode);
        double seconds = (cpuNanos() - start) / 1e9;
        best = Math.max(best, MEGABYTES / seconds);
        out.printf("%s: %,d rows in %.3f s%n", decode ? "read+decode" : "read", rows, seconds);
      }
      out.printf("%s: %.0f MB/s%n", decode ? "read+decode" : "read", best);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static byte[] rows() {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(MEGABYTES * 1_000_000 + 1000);
    while (bytes.size() < MEGABYTES * 1_000_000) {
      StringBuilder row = new StringBuilder();
      for (int c = 0; c < COLUMNS; c++) {
        long digits = (long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(8)));
        row.append(c == 0 ? "" : ",").append(digits / 100.0);
      }
      bytes.writeBytes(row.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static long read(byte[] csv, boolean decode) throws IOException {
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    List<Feature> features = names.stream().map(Feature::number).toList();
    int[] columns = IntStream.range(0, COLUMNS).toArray();
    FeatureDecoder decoder = new FeatureDecoder(features, columns, Set.of("NA"));
    try (CsvReader reader =
        CsvReader.part(
            new ByteArrayInputStream(csv),
            CsvOptions.DEFAULT,
            "bench",
            names,
            names,
            TextRange.ALL)) {
      FeatureBatch into = null;
      long rows = 0;
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        into = into == null ? new FeatureBatch(features, batch.capacity()) : into;
        if (decode) {
          decoder.decode(batch, into);
        }
        rows += batch.rows();
      }
      return rows;
    }
  }
}
