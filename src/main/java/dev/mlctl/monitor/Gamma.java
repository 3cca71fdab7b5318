package dev.mlctl.monitor;

/** The gamma function's relatives that the tail of the chi-squared distribution needs. */
final class Gamma {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** B(2k) / (2k (2k − 1)) for k = 1, 2, … of Stirling's series. */
  private static final double[] STIRLING = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
  };

  /** From here on the seven terms above are exact to the last bit. */
  private static final double LARGE = 15;

  private static final double PRECISION = 1e-16;
  private static final double TINY = 1e-300;
  private static final int MOST_TERMS = 100_000;

  private Gamma() {}

  /**
   * ln Γ(a), by Stirling's series (DLMF 5.11.1) after the recurrence (DLMF 5.5.1).
   *
   * @param a positive
   */
  static double logGamma(double a) {
    double product = 1;
    double z = a;
    while (z < LARGE) {
      product *= z;
      z++;
    }
    return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series(z) - Math.log(product);
  }

  /**
   * ln n! less Stirling's formula for it, (n + ½) ln n − n + ½ ln 2π: small, and exact where the
   * difference of the two would not be.
   *
   * @param n positive
   */
  static double stirlingError(double n) {
    return n >= LARGE ? series(n) : logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
  }

  private static double series(double z) {
    double power = z;
    double series = 0;
    for (double coefficient : STIRLING) {
      series += coefficient / power;
      power *= z * z;
    }
    return series;
  }

  /** The x at which {@link #upper} falls to a tail, by halving. */
  static double upperInverse(double a, double tail) {
    double low = 0;
    double high = a + 1;
    while (upper(a, high) > tail) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (upper(a, middle) > tail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The regularized upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a) (DLMF 8.2.4): by the
   * series of the lower function (DLMF 8.11.4) below a + 1, by Legendre's continued fraction (DLMF
   * 8.9.2, even part, evaluated by Lentz's method) above, where each converges fast.
   *
   * @param a positive
   * @param x not negative
   */
  static double upper(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    double front = Math.exp(a * Math.log(x) - x - logGamma(a));
    return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x);
  }

  private static double lowerSeries(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int k = 1; k < MOST_TERMS && term > sum * PRECISION; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return sum;
  }

  private static double upperFraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double fraction = d;
    for (int k = 1; k < MOST_TERMS; k++) {
      double numerator = -k * (k - a);
      b += 2;
      d = 1 / away(numerator * d + b);
      c = away(b + numerator / c);
      double factor = d * c;
      fraction *= factor;
      if (Math.abs(factor - 1) < 1e-15) {
        break;
      }
    }
    return fraction;
  }

  /** Keeps a denominator of Lentz's method off zero. */
  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
