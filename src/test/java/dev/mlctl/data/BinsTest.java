package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinsTest {
  private static final double[] EXTREMES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1,
    -1,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };

  /** Edges of all kinds: even, skewed, crowded, neighbouring, far apart, one, none. */
  static Stream<double[]> edges() {
    Random random = new Random(1);
    return Stream.of(
        new double[0],
        new double[] {0},
        new double[] {-0.0},
        new double[] {7},
        new double[] {Double.POSITIVE_INFINITY},
        new double[] {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY},
        new double[] {-0.0, 1},
        new double[] {-1, -0.0},
        new double[] {1, Math.nextUp(1.0)},
        new double[] {1, Math.nextUp(1.0), 1000},
        new double[] {-Double.MAX_VALUE, Double.MAX_VALUE},
        new double[] {-Double.MAX_VALUE, 0, 1, 2, Double.MAX_VALUE},
        new double[] {0, Double.MIN_VALUE, 3 * Double.MIN_VALUE},
        new double[] {1e-300, 2e-300, 3e-300, 4e-300},
        new double[] {1e15, 1e15 + 0.125, 1e15 + 0.25, 1e15 + 0.375},
        evenly(-90, 10, 19),
        evenly(0.5, 1, 31),
        evenly(0, 1, 15),
        evenly(0, 1, 16),
        evenly(1e9, 1e-3, 1000),
        distinct(random.doubles(19, -5, 5)),
        distinct(random.doubles(19).map(d -> Math.exp(20 * d))),
        distinct(random.doubles(63).map(d -> Math.exp(20 * d))),
        distinct(random.doubles(64).map(d -> Math.exp(20 * d))),
        distinct(random.doubles(300, -1, 1)),
        distinct(random.longs(40).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite)));
  }

  private static double[] evenly(double first, double step, int count) {
    return DoubleStream.iterate(first, d -> d + step).limit(count).toArray();
  }

  private static double[] distinct(DoubleStream values) {
    return values.map(d -> d + 0.0).sorted().distinct().toArray();
  }

  @ParameterizedTest
  @MethodSource("edges")
  void counts_as_one_comparison_after_the_other_does(double[] edges) {
    double[] values = values(edges);
    long[] expected = new long[edges.length + 1];
    for (double v : values) {
      int bin = 0;
      for (double edge : edges) {
        bin += v > edge ? 1 : 0;
      }
      expected[bin]++;
    }
    long[] counts = new long[edges.length + 1];
    new Bins(edges).count(values, values.length, counts);
    assertArrayEquals(expected, counts, () -> Arrays.toString(edges));
  }

  /** The edges, their neighbours, values between and beyond them, and extremes. */
  private static double[] values(double[] edges) {
    Random random = new Random(2);
    double low = edges.length == 0 ? -1 : edges[0];
    double high = edges.length == 0 ? 1 : edges[edges.length - 1];
    DoubleStream near =
        Arrays.stream(edges)
            .flatMap(
                e ->
                    DoubleStream.of(
                        e,
                        -e,
                        Math.nextUp(e),
                        Math.nextDown(e),
                        e + Math.ulp(e) * random.nextInt(9)));
    DoubleStream between = random.doubles(2000, -0.1, 1.1).map(d -> low * (1 - d) + high * d);
    DoubleStream any = random.longs(2000).mapToDouble(Double::longBitsToDouble);
    return Stream.of(near, between, any, Arrays.stream(EXTREMES))
        .flatMapToDouble(s -> s)
        .filter(Double::isFinite)
        .toArray();
  }

  @Test
  void adds_to_the_counts_of_as_many_rows_as_told() {
    long[] counts = {10, 20};
    new Bins(new double[] {5}).count(new double[] {5, 6, 7, 1, 9}, 3, counts);
    assertArrayEquals(new long[] {11, 22}, counts);
  }
}
