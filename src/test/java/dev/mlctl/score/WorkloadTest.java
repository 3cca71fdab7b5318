package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvHeader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times that can be told without a computer: two threads score 100 MB a second. */
final class WorkloadTest {
  private static final long MB = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /** The first slice takes 3 s, of which 2 s are lost to the compiler; then one takes 1 s. */
  private static final SampleTiming SAMPLE =
      new SampleTiming(
          2,
          List.of(
              new SampleTiming.Slice(100, 0, 100 * MB, 50 * MB, 4 * SECOND),
              new SampleTiming.Slice(100, 0, 100 * MB, 50 * MB, 3 * SECOND)),
          false);

  private static Workload workload(long bytes, Compression compression) {
    CsvHeader header = new CsvHeader(List.of("x"), 0, 0);
    InputFile file = InputFile.text("x.csv", "x.csv", header, bytes, compression);
    return new Workload(InputPlan.of(List.of(file), 0), SAMPLE, 2, 1000, false, true);
  }

  @Test
  void the_second_half_of_a_sample_tells_the_speed_and_the_rest_is_warming_up() {
    assertEquals(100e6, SAMPLE.bytesPerSecond(), 1);
    assertEquals(2, SAMPLE.warmUpSeconds(), 1e-9);
    assertEquals(100, SAMPLE.rowsPerSecond(), 1e-9);
    assertEquals(1000, SAMPLE.rowsOf(1000 * MB));
  }

  @Test
  void here_the_input_takes_the_warming_up_the_scoring_and_the_writing() {
    // 2 s and 1000 MB at 100 MB/s, and 500 MB written at 500 MB/s.
    assertEquals(Duration.ofSeconds(13), workload(1000 * MB, Compression.NONE).here());
  }

  @Test
  void a_sample_of_fewer_threads_than_a_run_has_is_shared_among_them() {
    SampleTiming one =
        new SampleTiming(1, List.of(new SampleTiming.Slice(9, 0, 100 * MB, 0, 4 * SECOND)), true);
    InputPlan plan = workload(100 * MB, Compression.GZIP).plan();
    assertEquals(Duration.ofSeconds(2), new Workload(plan, one, 2, 1000, false, true).here());
  }

  @Test
  void the_parts_limit_what_workers_bring() {
    long part = InputPlan.RANGE_BYTES;
    Workload eight = workload(8 * part, Compression.NONE);
    double each = part / 50e6; // a processor scores 50 MB/s
    double written = 4 * part / 500e6; // by one worker; joined again by one
    assertSeconds(2 + 8 * each + 2 * written, eight.on(1, 1));
    assertSeconds(2 + each + written / 4 + written, eight.on(4, 2));
    assertSeconds(2 + each + written / 8 + written, eight.on(100, 2));
    assertSeconds(2 + 3 * each + written / 3 + written, eight.on(3, 1));
  }

  @Test
  void a_compressed_file_is_scored_by_the_processors_of_one_worker() {
    Workload file = workload(800 * MB, Compression.GZIP);
    double written = 400 / 500.0;
    assertSeconds(2 + 16 + 2 * written, file.on(1, 1));
    assertSeconds(2 + 4 + 2 * written, file.on(1, 4));
    assertSeconds(2 + 4 + 2 * written, file.on(9, 4));
  }

  private static void assertSeconds(double expected, Duration actual) {
    assertEquals(expected, actual.toNanos() / 1e9, 1e-6);
  }
}
