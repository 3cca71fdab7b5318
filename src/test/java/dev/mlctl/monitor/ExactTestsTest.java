package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ExactTestsTest {
  /** Benjamini and Hochberg's example (1995): fifteen outcomes of a trial of two drugs. */
  private static final double[] DRUGS = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0
  };

  @ParameterizedTest
  @CsvFileSource(resources = "increase.csv", numLinesToSkip = 1)
  void fishers_test_equals_scipys_hypergeometric_tail(String hits, String rows, double p) {
    near(p, ExactTests.increase(counts(hits), counts(rows)));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "smirnov.csv", numLinesToSkip = 1, maxCharsPerColumn = 100_000)
  void smirnovs_test_equals_scipys_and_what_is_counted_out(
      String baselineTexts, String currentTexts, double p) {
    long[] baseline = counts(baselineTexts);
    long[] current = counts(currentTexts);
    double distance = Drift.kolmogorovSmirnov(baseline, current).statistic();
    near(p, ExactTests.kolmogorovSmirnov(baseline, current, distance));
    near(p, ExactTests.kolmogorovSmirnov(current, baseline, distance));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "likelihood.csv", numLinesToSkip = 1)
  void the_likelihood_ratio_equals_scipys(
      String baseline, String current, double statistic, int degrees, double p) {
    TestResult result = Drift.likelihoodRatio(counts(baseline), counts(current));
    assertEquals(statistic, result.statistic(), 1e-9 * Math.max(1, statistic));
    assertEquals(degrees, result.degrees());
    assertEquals(p, result.pValue(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.001", "3, 0.5", "9.5, 1e-7", "100, 0.01"})
  void the_inverse_undoes_the_tail(double a, double tail) {
    assertEquals(tail, Gamma.upper(a, Gamma.upperInverse(a, tail)), 1e-9 * tail);
  }

  /** Four by the false discovery rate and three by Holm's, as the paper tells of the first. */
  @Test
  void corrections_reject_what_is_published() {
    double discovery = Correction.benjaminiHochberg(DRUGS, 0.05);
    double holm = Correction.holm(DRUGS, 0.05);
    assertEquals(4, Arrays.stream(DRUGS).filter(p -> p <= discovery).count());
    assertEquals(3, Arrays.stream(DRUGS).filter(p -> p <= holm).count());
    assertEquals(4 * 0.05 / 15, discovery, 1e-15);
    assertEquals(0.05 / 12, holm, 1e-15);
  }

  private static long[] counts(String texts) {
    return Arrays.stream(texts.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** To 1e-9 of the value, however small it is. */
  private static void near(double expected, double actual) {
    assertEquals(expected, actual, 1e-9 * Math.abs(expected));
  }
}
