package dev.mlctl.data;

import static java.math.BigDecimal.ZERO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCounterTest {
  @Test
  void moments_are_at_least_as_close_to_the_exact_ones_as_those_of_a_plain_two_pass_loop() {
    Random random = new Random(3);
    double worst = 0;
    double ours = 0;
    double plain = 0;
    for (int i = 0; i < 40; i++) {
      double centre = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12));
      double[] values = new double[1 + random.nextInt(4096)];
      Arrays.setAll(values, r -> centre + random.nextGaussian());
      NumberCounter counter = new NumberCounter(NumberProfile.binsFor("x", new double[] {0}, 1), 0);
      counter.add(values, values.length, null);
      NumberProfile p = counter.profile();

      BigDecimal sum = Arrays.stream(values).mapToObj(BigDecimal::new).reduce(ZERO, this::plus);
      BigDecimal mean = sum.divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128);
      double squares =
          Arrays.stream(values)
              .mapToObj(v -> new BigDecimal(v).subtract(mean).pow(2))
              .reduce(ZERO, this::plus)
              .doubleValue();
      if (squares > 0) {
        double error = Math.abs(p.squares() - squares) / squares;
        ours += error;
        plain += Math.abs(plainSquares(values) - squares) / squares;
        worst = Math.max(worst, error);
      }
      assertEquals(mean.doubleValue(), p.mean(), Math.ulp(mean.doubleValue()));
    }
    assertTrue(ours <= plain, ours + " > " + plain);
    assertTrue(worst < 1e-13, () -> "squares are off");
  }

  private BigDecimal plus(BigDecimal a, BigDecimal b) {
    return a.add(b);
  }

  private static double plainSquares(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double centre = sum / values.length;
    double squares = 0;
    double rest = 0;
    for (double v : values) {
      squares += (v - centre) * (v - centre);
      rest += v - centre;
    }
    return squares - rest * rest / values.length;
  }

  @Test
  void counts_what_one_value_after_the_other_gives_in_any_batch() throws IOException {
    Random random = new Random(5);
    double[] seen = random.doubles(1000, -1, 1).toArray();
    NumberProfile shape = NumberProfile.binsFor("x", seen, seen.length);
    for (int i = 0; i < 200; i++) {
      int size = random.nextInt(40);
      RowBatch rows = rowsOf(size);
      double[] values = new double[size];
      for (int r = 0; r < size; r++) {
        values[r] = someValue(shape, i % 4, random);
        if (i % 3 == 0 && random.nextInt(4) == 0) {
          rows.reject(r, "by lot");
        }
      }
      NumberCounter counter = new NumberCounter(shape, 0);
      counter.add(values, size, rows);
      assertSameCounts(oneByOne(shape, values, rows), counter.profile());
    }
  }

  private static RowBatch rowsOf(int size) throws IOException {
    return size == 0
        ? new RowBatch("none", TextFormat.CSV, '"', 1, 1)
        : CsvReader.file(Streams.of("x\n" + "1\n".repeat(size)), CsvOptions.DEFAULT, "f.csv", null)
            .next();
  }

  /**
   * Plain values in one batch of four; in the others some that are missing, on an edge, far out.
   */
  private static double someValue(NumberProfile shape, int kind, Random random) {
    return switch (kind == 0 ? 9 : random.nextInt(10)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case 2 -> shape.edges()[random.nextInt(19)];
      case 3 -> Math.nextUp(shape.edges()[random.nextInt(19)]);
      case 4 -> random.nextBoolean() ? shape.lowest() : shape.highest();
      case 5 -> (random.nextDouble() - 0.5) * 1e30;
      default -> random.nextDouble() * 2.2 - 1.1;
    };
  }

  private static NumberProfile oneByOne(NumberProfile shape, double[] values, RowBatch rows) {
    long[] counts = new long[20];
    long missing = 0;
    long outOfRange = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < values.length; r++) {
      double v = values[r];
      if (rows.isRejected(r)) {
        continue;
      }
      if (Double.isNaN(v) || Double.isInfinite(v)) {
        missing++;
        continue;
      }
      counts[(int) Arrays.stream(shape.edges()).filter(e -> v > e).count()]++;
      outOfRange += v < shape.lowest() || v > shape.highest() ? 1 : 0;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    return new NumberProfile(
        "x",
        shape.edges(),
        counts,
        missing,
        shape.lowest(),
        shape.highest(),
        outOfRange,
        min,
        max,
        0,
        0);
  }

  private static void assertSameCounts(NumberProfile expected, NumberProfile actual) {
    assertArrayEquals(expected.counts(), actual.counts());
    assertEquals(expected.missing(), actual.missing());
    assertEquals(expected.outOfRange(), actual.outOfRange());
    assertEquals(expected.min(), actual.min());
    assertEquals(expected.max(), actual.max());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0})
  void zero_has_no_sign(double zero) {
    NumberProfile shape =
        new NumberProfile("x", new double[] {zero}, new long[2], 0, zero, zero, 0, 0, 0, 0, 0);
    NumberCounter counter = new NumberCounter(shape, 0);
    counter.add(new double[] {-0.0}, 1, null);
    NumberProfile p = counter.profile();
    assertEquals(0.0, p.min());
    assertEquals(0.0, p.max());
    counter.add(new double[] {0.0, -0.0, 1, -1}, 4, null);
    p = counter.profile();
    assertEquals(2, p.outOfRange());
    assertArrayEquals(new long[] {4, 1}, p.counts());
  }
}
