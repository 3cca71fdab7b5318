package dev.mlctl.monitor;

/**
 * Tests of two samples whose p-values hold at any number of rows, given the counts of both samples
 * together: every way to deal the rows out to the two is as probable as any other.
 */
final class ExactTests {
  /** Differences of the two distributions this near to the one seen count as equal to it. */
  private static final double TIE = 1e-12;

  /** Terms below this share of what they are added to are left out. */
  private static final double NEGLIGIBLE = 1e-18;

  private ExactTests() {}

  /**
   * Fisher's exact test (1934), one-sided: how probable so many hits, or more, are in the current
   * sample.
   *
   * @param hits baseline, current
   * @param rows baseline, current, each at least its hits
   */
  static double increase(long[] hits, long[] rows) {
    long all = hits[0] + hits[1];
    long x = hits[1];
    if (x <= Math.max(0, all - rows[0])) {
      return 1;
    }
    double mean = (double) all * rows[1] / (rows[0] + rows[1]);
    return x > mean ? upwards(x, all, rows) : 1 - downwards(x - 1, all, rows);
  }

  private static double upwards(long x, long all, long[] rows) {
    double term = hypergeometric(x, all, rows);
    double sum = 0;
    for (long i = x; term > sum * NEGLIGIBLE; i++) {
      sum += term;
      term *= (double) (all - i) * (rows[1] - i);
      term /= (double) (i + 1) * (rows[0] - all + i + 1);
    }
    return Math.min(1, sum);
  }

  private static double downwards(long x, long all, long[] rows) {
    double term = hypergeometric(x, all, rows);
    double sum = 0;
    for (long i = x; term > sum * NEGLIGIBLE; i--) {
      sum += term;
      term *= (double) i * (rows[0] - all + i);
      term /= (double) (all - i + 1) * (rows[1] - i + 1);
    }
    return Math.min(1, sum);
  }

  private static double hypergeometric(long x, long all, long[] rows) {
    long total = rows[0] + rows[1];
    double p = (double) rows[1] / total;
    return Binomial.probability(x, all, p)
        / Binomial.probability(rows[1], total, p)
        * Binomial.probability(rows[1] - x, total - all, p);
  }

  /**
   * How probable so large a Kolmogorov-Smirnov distance over the same bins is: the paths of Hodges
   * (The significance probability of the Smirnov two-sample test, 1958), held against the distance
   * at the ends of bins only, since values within a bin are ties (Schröer and Trenkler, 1995). The
   * work grows with the smaller sample's rows.
   *
   * @param distance as {@link Drift#kolmogorovSmirnov} gives it for the same counts
   */
  static double kolmogorovSmirnov(long[] baseline, long[] current, double distance) {
    boolean swapped = Drift.sum(baseline) < Drift.sum(current);
    long m = Drift.sum(swapped ? baseline : current);
    long total = Drift.sum(baseline) + Drift.sum(current);
    if (m == 0) {
      return 1;
    }
    double p = (double) m / total;
    double whole = Binomial.probability(m, total, p);
    Window inside = Window.binomial(0, m, p);
    long seen = 0;
    double escaped = 0;
    for (int bin = 0; bin < baseline.length; bin++) {
      long size = baseline[bin] + current[bin];
      seen += size;
      inside = inside.plus(Window.binomial(size, m, p), m);
      Window rest = Window.binomial(total - seen, m, p);
      for (int i = 0; i < inside.p.length; i++) {
        long j = inside.from + i;
        double away = Math.abs((double) j / m - (double) (seen - j) / (total - m));
        if (away >= distance - TIE) {
          escaped += inside.p[i] * rest.at(m - j) / whole;
          inside.p[i] = 0;
        }
      }
    }
    return Math.min(1, escaped);
  }

  /** Probabilities of whole numbers from one on; those of all others are next to nothing. */
  private record Window(long from, double[] p) {
    private static final double LEAST = 1e-40;

    /** Of up to {@code most} hits in so many trials. */
    static Window binomial(long trials, long most, double p) {
      long mode = Math.min(Math.min(trials, most), (long) ((trials + 1) * p));
      double peak = Binomial.probability(mode, trials, p);
      double odds = p / (1 - p);
      long low = mode;
      for (double term = peak; low > 0 && term > LEAST; low--) {
        term *= low / ((trials - low + 1) * odds);
      }
      long high = mode;
      for (double term = peak; high < Math.min(trials, most) && term > LEAST; high++) {
        term *= (trials - high) * odds / (high + 1);
      }
      double[] terms = new double[(int) (high - low) + 1];
      terms[(int) (mode - low)] = peak;
      for (long k = mode; k > low; k--) {
        terms[(int) (k - 1 - low)] = terms[(int) (k - low)] * k / ((trials - k + 1) * odds);
      }
      for (long k = mode; k < high; k++) {
        terms[(int) (k + 1 - low)] = terms[(int) (k - low)] * (trials - k) * odds / (k + 1);
      }
      return new Window(low, terms);
    }

    /** Of the sum of both, as far as {@code most}. */
    Window plus(Window next, long most) {
      long end = Math.min(most, from + p.length - 1 + next.from + next.p.length - 1);
      double[] sum = new double[(int) Math.max(0, end - from - next.from + 1)];
      for (int i = 0; i < p.length; i++) {
        if (p[i] > LEAST) {
          for (int k = 0; k < next.p.length && i + k < sum.length; k++) {
            sum[i + k] += p[i] * next.p[k];
          }
        }
      }
      return new Window(from + next.from, sum);
    }

    double at(long k) {
      return k < from || k >= from + p.length ? 0 : p[(int) (k - from)];
    }
  }
}
