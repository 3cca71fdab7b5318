package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DriftTest {
  @ParameterizedTest
  @CsvFileSource(resources = "statistics.csv", numLinesToSkip = 1, maxCharsPerColumn = 100_000)
  void statistics_equal_those_of_scipy(
      String positionTexts,
      String baselineTexts,
      String currentTexts,
      double psi,
      double jensenShannon,
      double ks,
      double ksP,
      double chiSquared,
      int degrees,
      double chiSquaredP,
      double wasserstein) {
    long[] baseline = counts(baselineTexts);
    long[] current = counts(currentTexts);
    double[] positions =
        Arrays.stream(positionTexts.split(" ")).mapToDouble(Double::parseDouble).toArray();
    near(psi, Drift.psi(baseline, current));
    near(jensenShannon, Drift.jensenShannon(baseline, current));
    TestResult smirnov = Drift.kolmogorovSmirnov(baseline, current);
    near(ks, smirnov.statistic());
    near(ksP, smirnov.pValue());
    TestResult pearson = Drift.chiSquared(baseline, current);
    near(chiSquared, pearson.statistic());
    assertEquals(degrees, pearson.degrees());
    near(chiSquaredP, pearson.pValue());
    near(wasserstein, Drift.wasserstein(positions, baseline, current));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "gamma.csv", numLinesToSkip = 1)
  void the_incomplete_gamma_function_equals_scipys(
      double a, double x, double upper, double logGamma) {
    near(upper, Gamma.upper(a, x));
    near(logGamma, Gamma.logGamma(a));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "kolmogorov.csv", numLinesToSkip = 1)
  void the_kolmogorov_distribution_equals_scipys(double x, double tail) {
    near(tail, Drift.kolmogorovTail(x));
  }

  @Test
  void psi_and_divergence_by_chance_are_what_resampling_gives_on_average() {
    Random random = new Random(1);
    int bins = 20;
    int n = 400;
    int m = 2000;
    double psi = 0;
    double divergence = 0;
    int times = 2000;
    for (int i = 0; i < times; i++) {
      long[] a = uniform(random, bins, m);
      long[] b = uniform(random, bins, n);
      psi += Drift.psi(a, b) / times;
      divergence += Drift.jensenShannonDivergence(a, b) / times;
    }
    double expected = Drift.psiByChance(bins, m, n);
    assertEquals(expected, psi, 0.05 * expected);
    double expectedDivergence = Drift.jensenShannonDivergenceByChance(bins, m, n);
    assertEquals(expectedDivergence, divergence, 0.05 * expectedDivergence);
  }

  private static long[] uniform(Random random, int bins, int rows) {
    long[] counts = new long[bins];
    for (int i = 0; i < rows; i++) {
      counts[random.nextInt(bins)]++;
    }
    return counts;
  }

  private static long[] counts(String texts) {
    return Arrays.stream(texts.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** Within 1e-9 absolutely, and relatively too where the value is not tiny by cancellation. */
  private static void near(double expected, double actual) {
    double allowed = 1e-9 * Math.max(1, Math.abs(expected));
    assertEquals(expected, actual, allowed);
    if (expected > 0 && expected < 1e-9) {
      assertTrue(Math.abs(actual / expected - 1) < 1e-6, actual + " is not " + expected);
    }
  }
}
