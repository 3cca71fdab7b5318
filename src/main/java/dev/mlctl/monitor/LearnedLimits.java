package dev.mlctl.monitor;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/**
 * How far the statistics of one column go by chance alone: both samples are drawn again and again
 * from the baseline's own bins, as many rows each as there are.
 *
 * <p>The levels asked for, corrected for many columns, lie far beyond what a few hundred draws can
 * reach. So the draws give the mean and the variance of the statistic's square (of psi and of the
 * divergence: themselves), and the tail is that of the multiple of a chi-squared variable with the
 * same two (Satterthwaite, 1946; Box, 1954), which is their limit law in large samples.
 */
final class LearnedLimits {
  private static final int DRAWS = 400;

  /** The same counts must always give the same limits. */
  private static final long SEED = 20260801;

  /** A critical limit is reached by chance this many times as seldom as a warning's. */
  private static final double RARER = 10;

  /** Expected hits above which a normal number stands for a binomial one. */
  private static final double MANY = 30;

  private final Histograms pooled;
  private final Histograms whole;
  private final double level;

  /**
   * The limits of one column.
   *
   * @param level the chance of a warning that is accepted, corrected for many columns
   */
  LearnedLimits(Histograms pooled, Histograms whole, double level) {
    this.pooled = pooled;
    this.whole = whole;
    this.level = level;
  }

  /** The limits of Pearson's statistic by its law. */
  static Threshold chiSquared(int degrees, double level) {
    return degrees < 1
        ? Threshold.NONE
        : new Threshold(
            2 * Gamma.upperInverse(degrees / 2.0, level),
            2 * Gamma.upperInverse(degrees / 2.0, level / RARER));
  }

  /** The limits of psi, ks or jensen_shannon, as they are reported. */
  Threshold of(String statistic) {
    return switch (statistic) {
      case DriftSpec.PSI -> beyond(fit(pooled, Drift::psi), psiByChance(), false);
      case DriftSpec.JENSEN_SHANNON ->
          beyond(
              fit(pooled, Drift::jensenShannonDivergence),
              Drift.jensenShannonDivergenceByChance(
                  pooled.bins(), pooled.baselineRows(), pooled.currentRows()),
              true);
      case DriftSpec.KS ->
          beyond(fit(whole, (a, b) -> square(Drift.kolmogorovSmirnov(a, b).statistic())), 0, true);
      default -> throw new IllegalArgumentException(statistic);
    };
  }

  /** The limits of the Wasserstein distance in standard deviations. */
  Threshold wasserstein(double[] positions, double deviation) {
    return beyond(
        fit(whole, (a, b) -> square(Drift.wasserstein(positions, a, b) / deviation)), 0, true);
  }

  private double psiByChance() {
    return Drift.psiByChance(pooled.bins(), pooled.baselineRows(), pooled.currentRows());
  }

  private static Threshold beyond(Threshold raw, double byChance, boolean root) {
    double warning = Math.max(0, raw.warning() - byChance);
    double critical = Math.max(0, raw.critical() - byChance);
    return root
        ? new Threshold(Math.sqrt(warning), Math.sqrt(critical))
        : new Threshold(warning, critical);
  }

  private static double square(double value) {
    return value * value;
  }

  private Threshold fit(Histograms rows, ToDoubleBiFunction<long[], long[]> statistic) {
    SplittableRandom random = new SplittableRandom(SEED);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      long[] before = drawn(random, rows.baseline(), rows.baselineRows());
      long[] now = drawn(random, rows.baseline(), rows.currentRows());
      double value = statistic.applyAsDouble(before, now);
      sum += value;
      squares += value * value;
    }
    double mean = sum / DRAWS;
    double variance = squares / DRAWS - mean * mean;
    if (!(variance > 0)) {
      return Threshold.NONE;
    }
    double shape = mean * mean / variance;
    double scale = variance / mean;
    return new Threshold(
        scale * Gamma.upperInverse(shape, level), scale * Gamma.upperInverse(shape, level / RARER));
  }

  /** A multinomial sample, bin by bin. */
  private static long[] drawn(SplittableRandom random, long[] bins, long rows) {
    long[] drawn = new long[bins.length];
    double weight = Arrays.stream(bins).sum();
    long left = rows;
    for (int i = 0; i < bins.length && left > 0; i++) {
      double p = weight <= bins[i] ? 1 : bins[i] / weight;
      drawn[i] = hits(random, left, p);
      left -= drawn[i];
      weight -= bins[i];
    }
    return drawn;
  }

  private static long hits(SplittableRandom random, long trials, double p) {
    if (p > 0.5) {
      return trials - hits(random, trials, 1 - p);
    }
    double mean = trials * p;
    if (mean > MANY) {
      double normal = mean + Math.sqrt(mean * (1 - p)) * random.nextGaussian();
      return Math.max(0, Math.min(trials, Math.round(normal)));
    }
    // By the ratio of one probability to the next, from none on.
    double term = Math.exp(trials * Math.log1p(-p));
    double rest = random.nextDouble();
    long hits = 0;
    while (rest >= term && hits < trials) {
      rest -= term;
      term *= p / (1 - p) * (trials - hits) / (hits + 1);
      hits++;
    }
    return hits;
  }
}
