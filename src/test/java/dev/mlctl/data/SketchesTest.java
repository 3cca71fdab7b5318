package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sketches beside what they estimate, on hours of rented bikes and on made-up values. */
class SketchesTest {
  private static final Path BIKES = Path.of("examples/bikes/data/bike-sharing-hour.csv");
  private static final int BATCH = 4096;

  /** Of sampling at least 1000 values, with probability 0.99 (Dvoretzky, Kiefer, Wolfowitz). */
  private static final double SAMPLING = Math.sqrt(Math.log(2 / 0.01) / 2 / 1000);

  private static double[] bikes(int column) throws IOException {
    return Files.readAllLines(BIKES).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column - 1]))
        .toArray();
  }

  private static Profile profile(Profile shape, double[] values) {
    Profiler profiler = new Profiler(shape, Grouping.NONE, Profiler.SMALL_INPUT);
    for (int from = 0; from < values.length; from += BATCH) {
      double[] batch = Arrays.copyOfRange(values, from, Math.min(values.length, from + BATCH));
      profiler.addOutput(0, batch, batch.length, null);
    }
    return profiler.profile();
  }

  private static Profile shape(double[] values) {
    return new Profile(List.of(), List.of(NumberProfile.binsFor("x", values, values.length)));
  }

  /** The expected numbers are those that sort, uniq and awk find in the file. */
  @ParameterizedTest
  @CsvSource({"11, 50", "13, 89", "14, 30", "17, 869"})
  void different_values_are_estimated_within_three_standard_errors(int column, int different)
      throws IOException {
    double[] values = bikes(column);
    double estimate = profile(shape(values), values).summary(0).distinct().orElseThrow();
    assertEquals(different, estimate, 3 * DistinctSketch.RELATIVE_ERROR * different);
  }

  @Test
  void quantiles_of_the_bikes_rented_lie_in_the_right_bin() throws IOException {
    double[] values = bikes(17);
    ColumnSummary summary = profile(shape(values), values).summary(0);
    Arrays.sort(values);
    Map<Double, Integer> sorted = Map.of(0.5, 142, 0.95, 564, 0.99, 783, 0.0, 1, 1.0, 977);
    sorted.forEach((share, value) -> assertRank(values, value, share, 1e-3));
    for (double share : new double[] {0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1}) {
      assertRank(values, summary.quantile(share).orElseThrow(), share, 1.0 / 20);
    }
    assertEquals(1, summary.quantile(0).orElseThrow());
    assertEquals(977, summary.quantile(1).orElseThrow());
  }

  private static void assertRank(double[] sorted, double value, double share, double error) {
    double below = Arrays.stream(sorted).filter(v -> v < value).count() / (double) sorted.length;
    double upTo = Arrays.stream(sorted).filter(v -> v <= value).count() / (double) sorted.length;
    assertTrue(
        share >= below - error && share <= upTo + error,
        value + " at " + share + " has ranks " + below + " to " + upTo);
  }

  @Test
  void quantiles_of_values_out_of_all_bins_have_the_error_of_the_sketch() {
    Random random = new Random(5);
    double[] drifted = random.doubles(60_000, 100, 200).toArray();
    ColumnSummary summary = profile(shape(new double[] {1, 2, 3}), drifted).summary(0);
    Arrays.sort(drifted);
    for (double share = 0.05; share < 1; share += 0.05) {
      double value = summary.quantile(share).orElseThrow();
      assertRank(drifted, value, share, RankSketch.RANK_ERROR + SAMPLING);
    }
  }

  @Test
  void frequent_numbers_are_named_with_their_shares() throws IOException {
    double[] still = bikes(14);
    Map<String, Double> winds = profile(shape(still), still).summary(0).frequent();
    assertEquals("0", winds.keySet().iterator().next());
    assertEquals(2180.0 / still.length, winds.get("0"), 1.0 / 64 + SAMPLING);

    Random random = new Random(6);
    double[] values = random.doubles(100_000).map(d -> d < 0.03 ? -999 : d).toArray();
    Map<String, Double> found = profile(shape(values), values).summary(0).frequent();
    assertEquals(List.of("-999"), List.copyOf(found.keySet()), "a sentinel among many values");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "64"})
  void parts_merged_in_any_order_have_the_same_counts_and_sketches_within_their_error(int parts) {
    Random random = new Random(parts);
    double[] values =
        random.doubles(90_000).map(d -> d < 0.1 ? Double.NaN : d < 0.2 ? 7 : Math.exp(d)).toArray();
    double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    Profile shape = shape(Arrays.copyOf(values, 1000));
    Profile whole = profile(shape, values);
    List<Profile> profiles = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int from = values.length * p / parts;
      profiles.add(
          profile(shape, Arrays.copyOfRange(values, from, values.length * (p + 1) / parts)));
    }
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(profiles, random);
      ProfileSum sum = ProfileSum.withSketches(shape);
      profiles.forEach(sum::add);
      Profile merged = sum.profile();
      assertSameCounts(whole, merged);
      ColumnSummary summary = merged.summary(0);
      assertEquals(80_000, summary.distinct().orElseThrow(), 3 * 80_000 * 0.0919 + 10_000);
      assertEquals(9_000 / 81_000.0, summary.frequent().get("7"), 1.0 / 64 + SAMPLING);
      for (double share = 0.1; share < 1; share += 0.1) {
        double value = summary.quantile(share).orElseThrow();
        assertRank(present, value, share, RankSketch.RANK_ERROR + SAMPLING);
      }
    }
  }

  private static void assertSameCounts(Profile expected, Profile merged) {
    NumberProfile e = (NumberProfile) expected.column(0);
    NumberProfile m = (NumberProfile) merged.column(0);
    assertArrayEquals(e.counts(), m.counts());
    assertEquals(e.missing(), m.missing());
    assertEquals(e.outOfRange(), m.outOfRange());
    assertEquals(e.min(), m.min());
    assertEquals(e.max(), m.max());
  }

  @Test
  void the_same_batches_give_the_same_bytes() {
    double[] values = new Random(8).doubles(50_000).toArray();
    Profile shape = shape(values);
    Sketches once = profile(shape, values).sketches();
    assertEquals(once, profile(shape, values).sketches());
    assertEquals(once, once.merge(Sketches.NONE, 1));
    assertEquals(once, Sketches.of(List.of(once.column(0))), "reading and writing changes nothing");
  }

  @Test
  void unknown_texts_are_counted_apart_and_the_frequent_ones_named() {
    CategoryCounter counter = new CategoryCounter(CategoryProfile.of("c", List.of("a", "b")), 0);
    int rows = 3000;
    int[] codes = new int[rows];
    String[] texts = new String[rows];
    for (int r = 0; r < rows; r++) {
      codes[r] = r % 3 == 0 ? 0 : FeatureBatch.UNKNOWN;
      texts[r] = r % 3 == 0 ? null : r % 3 == 1 ? "typo" : "id " + r;
    }
    counter.add(codes, texts, rows, null);
    ColumnSummary summary = new ColumnSummary(counter.profile(), counter.sketch());
    assertEquals(1002, summary.distinct().orElseThrow(), 3 * 1002 * DistinctSketch.RELATIVE_ERROR);
    assertEquals(1 / 3.0, summary.frequent().get("a"));
    assertEquals(1 / 3.0, summary.frequent().get("typo"), 2000 / 20 / 3000.0);
    assertTrue(summary.quantile(0.5).isEmpty());
  }
}
