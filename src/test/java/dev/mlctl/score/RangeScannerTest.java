package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges against what one reader sees from the first byte to the last. */
final class RangeScannerTest {
  private static final List<String> HEADER = List.of("a");
  private static final String[] PIECES = {
    "\"x\ny\"",
    "\"\"",
    "\"a\"\"b\"",
    "plain",
    "5\" pipe",
    "\"stray\"text",
    "",
    "1234567890",
    "\"\r\n\""
  };

  @TempDir Path folder;

  /** Line and text of every record. */
  private static void read(byte[] csv, int start, int end, long line, List<String> into)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(csv, start, end - start);
    try (CsvReader reader = CsvReader.part(in, CsvOptions.DEFAULT, "t", HEADER, HEADER, line)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int r = 0; r < batch.rows(); r++) {
          byte[] record =
              Arrays.copyOfRange(batch.bytes(), batch.recordStart(r), batch.recordEnd(r));
          into.add(batch.line(r) + ":" + new String(record, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static byte[] csv(Random random, int records, int quotes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < records; i++) {
      for (int f = random.nextInt(4); f >= 0; f--) {
        boolean plain = random.nextInt(100) >= quotes;
        text.append(plain ? "value" + random.nextInt(1000) : PIECES[random.nextInt(PIECES.length)]);
        text.append(f == 0 ? "" : ",");
      }
      text.append(random.nextInt(5) == 0 ? "\r\n" : random.nextInt(9) == 0 ? "\n\n" : "\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void check(byte[] csv, long rangeBytes) throws IOException {
    List<String> whole = new ArrayList<>();
    read(csv, 0, csv.length, 1, whole);
    List<String> parts = new ArrayList<>();
    List<long[]> ranges = new ArrayList<>();
    Path file = Files.write(folder.resolve("t.csv"), csv);
    try (FileChannel channel = FileChannel.open(file)) {
      new RangeScanner(
              "t", true, (byte) ',', rangeBytes, (s, e, l) -> ranges.add(new long[] {s, e, l}))
          .scan(channel, 0, 1);
    }
    long expectedStart = 0;
    for (long[] range : ranges) {
      assertEquals(expectedStart, range[0]);
      expectedStart = range[1];
      read(csv, (int) range[0], (int) range[1], range[2], parts);
    }
    assertEquals(csv.length, expectedStart);
    assertEquals(String.join("|", whole), String.join("|", parts));
  }

  @Test
  void ranges_together_hold_the_same_records_on_the_same_lines() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      check(csv(random, 1 + random.nextInt(40), random.nextInt(3) * 40), 1 + random.nextInt(90));
    }
  }

  @Test
  void ranges_of_files_longer_than_the_buffer_are_exact_too() throws IOException {
    Random random = new Random(12);
    for (int quotes : new int[] {0, 1, 60}) {
      byte[] csv = csv(random, 60_000, quotes);
      check(csv, 100_000);
      check(csv, 4 << 20);
    }
  }
}
