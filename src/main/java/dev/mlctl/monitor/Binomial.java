package dev.mlctl.monitor;

/** The binomial distribution, exact to about 1e-14 relatively at any size. */
final class Binomial {
  private static final int SERIES_TERMS = 1000;

  private Binomial() {}

  /**
   * The probability of {@code k} hits in {@code n} trials, by Loader's saddle-point expansion (Fast
   * and accurate computation of binomial probabilities, 2000), which does not cancel.
   *
   * @param k from 0 to n
   * @param p between 0 and 1
   */
  static double probability(long k, long n, double p) {
    if (k < 0 || k > n) {
      return 0;
    } else if (p <= 0 || p >= 1) {
      return k == (p <= 0 ? 0 : n) ? 1 : 0;
    } else if (k == 0) {
      return Math.exp(n * Math.log1p(-p));
    } else if (k == n) {
      return Math.exp(n * Math.log(p));
    }
    double log =
        Gamma.stirlingError((double) n)
            - Gamma.stirlingError((double) k)
            - Gamma.stirlingError((double) (n - k))
            - deviance((double) k, n * p)
            - deviance((double) (n - k), n * (1 - p));
    return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
  }

  /** x ln(x / mean) + mean − x, by a series where the two nearly agree. */
  private static double deviance(double x, double mean) {
    double difference = x - mean;
    if (Math.abs(difference) >= 0.1 * (x + mean)) {
      return x * Math.log(x / mean) - difference;
    }
    double v = difference / (x + mean);
    double sum = difference * v;
    double term = 2 * x * v;
    for (int j = 1; j < SERIES_TERMS; j++) {
      term *= v * v;
      double next = sum + term / (2 * j + 1);
      if (next == sum) {
        break;
      }
      sum = next;
    }
    return sum;
  }
}
