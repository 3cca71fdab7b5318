package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  /** Half of the widest bucket in proportion to its middle. */
  private static final double ERROR = 1.0 / 33;

  private final Random random = new Random(5);

  /** Times spread about a middle, from equal ones to a tail over four powers of ten. */
  @ParameterizedTest
  @CsvSource({
    "1, 20000, 0.5",
    "2, 20000, 0.5",
    "99, 3e6, 1",
    "1000, 3e6, 0",
    "10000, 1e9, 0.1",
    "10000, 3e6, 1.5",
    "10000, 1e11, 0.7"
  })
  void quantiles_are_those_of_the_sorted_times_within_the_stated_error(
      int count, double median, double spread) {
    long[] times = times(count, median, spread);
    Latencies latencies = counted(times);
    Arrays.sort(times);
    assertEquals(count, latencies.count());
    for (double share : new double[] {0.001, 0.25, 0.5, 0.95, 0.99, 1}) {
      double exact = times[(int) Math.ceil(share * count) - 1] / 1e6;
      assertEquals(exact, latencies.millis(share), ERROR * exact, () -> "at " + share);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64})
  void parts_give_the_same_in_any_order_and_through_text(int parts) {
    long[] times = times(5000, 3e6, 1.5);
    List<Latencies> some = new ArrayList<>(List.of(Latencies.NONE));
    for (int p = 0; p < parts; p++) {
      int from = times.length * p / parts;
      long[] part = Arrays.copyOfRange(times, from, times.length * (p + 1) / parts);
      some.add(Latencies.parse(counted(part).text()));
    }
    Collections.shuffle(some, random);
    assertEquals(counted(times), some.stream().reduce(Latencies.NONE, Latencies::plus));
  }

  @Test
  void times_beyond_the_range_are_in_its_first_and_last_bucket() {
    Latencies latencies = counted(-1, 0, 1, Long.MAX_VALUE);
    assertEquals(4, latencies.count());
    assertEquals(0.001, latencies.millis(0.5), 1e-4);
    assertEquals(3_600_000 * 1.2, latencies.millis(1), 3_600_000 * 0.1);
    assertEquals(latencies, Latencies.parse(latencies.text()));
    assertEquals(Double.NaN, Latencies.NONE.millis(0.5));
  }

  @Test
  void what_is_no_text_of_counts_is_refused() {
    List<String> texts =
        List.of("", "not Base64!", "AA", "gQgA", "AIEI", "AAH/////////AQ", "AAEBAQ");
    for (String text : texts) {
      assertThrows(IllegalArgumentException.class, () -> Latencies.parse(text), text);
    }
  }

  private long[] times(int count, double median, double spread) {
    return LongStream.generate(() -> time(median, spread)).limit(count).toArray();
  }

  private long time(double median, double spread) {
    return Math.max(1024, Math.round(median * Math.exp(spread * random.nextGaussian())));
  }

  private static Latencies counted(long... times) {
    Latencies.Counter counter = new Latencies.Counter();
    Arrays.stream(times).forEach(counter::add);
    return counter.counted();
  }
}
