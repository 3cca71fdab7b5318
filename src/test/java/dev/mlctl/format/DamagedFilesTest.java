package dev.mlctl.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it gives rows or a failure that names it, and soon. */
class DamagedFilesTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Reads everything there is; returns the rows. */
  static long read(byte[] bytes) throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("damaged", bytes));
    file.sections();
    long rows = 0;
    try (BatchReader reader = file.read(Fixtures.names(file))) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.rows();
        for (int c = 0; c < batch.columns(); c++) {
          batch.text(c, batch.rows() - 1);
        }
      }
    }
    return rows;
  }

  private static void readOrFail(byte[] bytes, String what) {
    try {
      read(bytes);
    } catch (Failure e) {
      assertEquals(FailureKind.INPUT, e.kind(), what);
      assertEquals("damaged", e.problems().get(0).at().replaceAll(":.*", ""), what);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new AssertionError(what + " gives " + e, e);
    }
  }

  @Test
  void every_beginning_of_a_file_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("small.parquet"));
    assertEquals(6, read(whole));
    for (int length = 0; length < whole.length; length++) {
      byte[] beginning = Arrays.copyOf(whole, length);
      Failure e = assertThrows(Failure.class, () -> read(beginning), "first " + length + " bytes");
      assertEquals(FailureKind.INPUT, e.kind());
    }
  }

  @Test
  void every_byte_of_a_small_file_changed() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("small.parquet"));
    assertTimeout(
        SOON.multipliedBy(3),
        () -> {
          for (int p = 0; p < whole.length; p++) {
            for (int change : new int[] {1, 0x10, 0x80, 0xFF}) {
              byte[] changed = whole.clone();
              changed[p] ^= (byte) change;
              readOrFail(changed, "byte " + p + " ^ " + change);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types-none.parquet",
        "types-snappy.parquet",
        "types-gzip.parquet",
        "types-zstd.parquet",
        "types-lz4.parquet",
        "types-v2.parquet",
        "types-delta.parquet",
        "types-lengths.parquet",
        "types-split.parquet",
        "many-delta.parquet",
        "many-lengths.parquet",
        "nested.parquet"
      })
  void some_bytes_changed_at_random(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path(name));
    Random random = new Random(7);
    assertTimeout(
        SOON,
        () -> {
          for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            // The footer is where most can go wrong: half of the changes go there.
            int from = i % 2 == 0 ? 0 : Math.max(0, whole.length - 8000);
            StringBuilder what = new StringBuilder();
            for (int n = random.nextInt(3); n >= 0; n--) {
              int p = from + random.nextInt(whole.length - from);
              changed[p] = (byte) random.nextInt();
              what.append(p).append('=').append(changed[p]).append(' ');
            }
            readOrFail(changed, what.toString());
          }
        });
  }
}
