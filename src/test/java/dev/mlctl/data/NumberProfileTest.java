package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberProfileTest {
  @Test
  void few_values_have_a_bin_each() {
    NumberProfile bins = binsFor(3, 1, 1, 2, Double.NaN, 3);
    assertArrayEquals(new double[] {1.5, 2.5}, bins.edges());
    assertEquals(1, bins.lowest());
    assertEquals(3, bins.highest());
    assertEquals(0, bins.count());
  }

  @Test
  void up_to_32_different_values_count_as_few() {
    double[] values = IntStream.range(0, 32).asDoubleStream().toArray();
    assertEquals(31, binsFor(values).edges().length);
    double[] more = IntStream.range(0, 33).asDoubleStream().toArray();
    assertEquals(19, binsFor(more).edges().length);
  }

  @Test
  void many_values_share_20_bins_of_about_equal_counts() {
    double[] values = new Random(1).doubles(10_000).map(Math::exp).toArray();
    for (long count : counted(binsFor(values), values).counts()) {
      assertEquals(500, (double) count, 2);
    }
  }

  @Test
  void a_value_that_fills_several_bins_gets_one() {
    double[] values = new double[1000];
    Arrays.fill(values, 0, 700, 5);
    Arrays.setAll(values, i -> i < 700 ? 5 : i);
    NumberProfile profile = counted(binsFor(values), values);
    assertTrue(profile.edges().length < 19);
    assertEquals(700, profile.counts()[0]);
    assertEquals(1000, profile.present());
  }

  @Test
  void a_column_without_values_or_with_one_has_one_bin() {
    assertEquals(1, binsFor().counts().length);
    assertEquals(1, binsFor(Double.NaN).counts().length);
    assertEquals(1, binsFor(4, 4, 4).counts().length);
  }

  @Test
  void minus_zero_is_zero() {
    assertArrayEquals(new double[] {-0.5, 0.5}, binsFor(-1, -0.0, 0.0, 1).edges());
    double[] values = new double[200];
    Arrays.setAll(values, i -> i % 4 == 0 ? -0.0 : i % 4 == 1 ? 0.0 : i);
    assertEquals(100, counted(binsFor(values), values).counts()[0]);
  }

  @Test
  void neighbouring_and_huge_doubles_have_bins_of_their_own() {
    double a = 1;
    double b = Math.nextUp(a);
    double c = Math.nextUp(b);
    double[] values = {a, b, c, b, -Double.MAX_VALUE, Double.MAX_VALUE};
    assertArrayEquals(new long[] {1, 1, 2, 1, 1}, counted(binsFor(values), values).counts());
  }

  @Test
  void looks_at_no_more_rows_than_told() {
    assertEquals(2, NumberProfile.binsFor("x", new double[] {1, 2, 99}, 2).highest());
  }

  @Test
  void refuses_shapes_that_do_not_fit() {
    assertThrows(IllegalArgumentException.class, () -> profile(new double[] {1}, new long[1]));
    assertThrows(IllegalArgumentException.class, () -> profile(new double[] {2, 1}, new long[3]));
    assertThrows(IllegalArgumentException.class, () -> profile(new double[] {1, 1}, new long[3]));
    assertThrows(
        IllegalArgumentException.class, () -> profile(new double[] {1, Double.NaN}, new long[3]));
    assertThrows(
        IllegalArgumentException.class, () -> profile(new double[] {Double.NaN}, new long[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NumberProfile("x", new double[0], new long[1], 0, Double.NaN, 0, 0, 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CategoryProfile("c", List.of("a"), new long[2], 0, 0, Map.of()));
  }

  @Test
  void shares_no_array_with_its_callers() {
    double[] edges = {1, 2};
    NumberProfile profile = profile(edges, new long[3]);
    edges[0] = 9;
    profile.edges()[1] = 9;
    profile.counts()[0] = 9;
    assertArrayEquals(new double[] {1, 2}, profile.edges());
    assertArrayEquals(new long[3], profile.counts());
  }

  private static NumberProfile profile(double[] edges, long[] counts) {
    return new NumberProfile("x", edges, counts, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static NumberProfile binsFor(double... values) {
    return NumberProfile.binsFor("x", values, values.length);
  }

  private static NumberProfile counted(NumberProfile bins, double[] values) {
    Profiler profiler = new Profiler(new Profile(List.of(), List.of(bins)));
    profiler.addOutput(0, values, values.length, null);
    return (NumberProfile) profiler.profile().outputs().get(0);
  }
}
