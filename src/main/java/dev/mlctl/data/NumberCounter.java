package dev.mlctl.data;

/**
 * Counts one numeric column: bins, range, moments and sketches. Not thread-safe.
 *
 * <p>Every step is a plain loop over the batch, free of branches that are hard to guess and with
 * sums in four lanes, so that no addition waits for the one before; what cannot be counted is taken
 * out first, where there is any. The lanes are always the same, so the same batches give the same
 * profile to the last bit.
 *
 * <p>Moments are taken around each batch's own mean and joined (Chan, Golub and LeVeque 1979), so
 * they stay exact wherever the values lie.
 */
final class NumberCounter implements RowCounter.Counter {
  private static final int LANES = 4;

  private final NumberProfile shape;
  private final Bins bins;
  private final long[] counts;
  private long missing;
  private long outOfRange;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long present;
  private double mean;
  private double squares;
  private final ColumnSketch sketch;

  /** The finite values of a batch that has others, too. */
  private double[] kept = new double[0];

  /** What {@link #survey} found. */
  private double sum;

  private double low;
  private double high;

  NumberCounter(NumberProfile shape, int rate) {
    this.shape = shape;
    this.sketch = new ColumnSketch(rate);
    double[] edges = shape.edges();
    this.bins = new Bins(edges);
    this.counts = new long[edges.length + 1];
  }

  /**
   * Counts a batch; what is not finite counts as missing.
   *
   * @param rows whose rejected rows are left out; null to count every row
   */
  void add(double[] values, int count, RowBatch rows) {
    if (rows == null || rows.rejected() == 0) {
      survey(values, count);
      if (Double.isFinite(sum)) {
        addFinite(values, count);
        return;
      }
    }
    int finite = keep(values, count, rows);
    survey(kept, finite);
    addFinite(kept, finite);
  }

  /**
   * Counts some rows of a batch.
   *
   * @param selected which, the first {@code count} of them
   */
  void add(double[] values, int[] selected, int count) {
    if (kept.length < count) {
      kept = new double[values.length];
    }
    int finite = 0;
    for (int i = 0; i < count; i++) {
      double value = values[selected[i]];
      kept[finite] = value;
      finite += Double.isFinite(value) ? 1 : 0;
    }
    missing += count - finite;
    survey(kept, finite);
    addFinite(kept, finite);
  }

  /** Keeps the finite values of accepted rows, and counts the others of these as missing. */
  private int keep(double[] values, int count, RowBatch rows) {
    if (kept.length < count) {
      kept = new double[count];
    }
    boolean all = rows == null || rows.rejected() == 0;
    int accepted = 0;
    int finite = 0;
    for (int r = 0; r < count; r++) {
      if (all || !rows.isRejected(r)) {
        accepted++;
        kept[finite] = values[r];
        finite += Double.isFinite(values[r]) ? 1 : 0;
      }
    }
    missing += accepted - finite;
    return finite;
  }

  /** Finds sum, lowest and highest; the sum of values of which one is not finite is not, either. */
  private void survey(double[] values, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int r = 0;
    for (; r < count - (LANES - 1); r += LANES) {
      double v0 = values[r];
      double v1 = values[r + 1];
      double v2 = values[r + 2];
      double v3 = values[r + 3];
      sum0 += v0;
      sum1 += v1;
      sum2 += v2;
      sum3 += v3;
      min = v0 < min ? v0 : min;
      min = v1 < min ? v1 : min;
      min = v2 < min ? v2 : min;
      min = v3 < min ? v3 : min;
      max = v0 > max ? v0 : max;
      max = v1 > max ? v1 : max;
      max = v2 > max ? v2 : max;
      max = v3 > max ? v3 : max;
    }
    for (; r < count; r++) {
      double v = values[r];
      sum0 += v;
      min = v < min ? v : min;
      max = v > max ? v : max;
    }
    sum = (sum0 + sum1) + (sum2 + sum3);
    low = min;
    high = max;
  }

  private void addFinite(double[] values, int count) {
    if (count > 0) {
      bins.count(values, count, counts);
      if (low < shape.lowest() || high > shape.highest()) {
        outOfRange += outside(values, count, shape.lowest(), shape.highest());
      }
      // + 0.0: minus zero is zero, or which of the two is found would be chance.
      min = Math.min(min, low + 0.0);
      max = Math.max(max, high + 0.0);
      addMoments(values, count, sum / count);
      sketch.add(values, count);
    }
  }

  private static long outside(double[] values, int count, double lowest, double highest) {
    // A difference has a sign when it is below zero, but minus zero has one, too: none may arise.
    double from = lowest == 0 ? -0.0 : lowest;
    double to = highest == 0 ? 0.0 : highest;
    long outside = 0;
    for (int r = 0; r < count; r++) {
      double v = values[r];
      outside += (Double.doubleToRawLongBits(v - from) | Double.doubleToRawLongBits(to - v)) >>> 63;
    }
    return outside;
  }

  private void addMoments(double[] values, int count, double center) {
    double square0 = 0;
    double square1 = 0;
    double square2 = 0;
    double square3 = 0;
    double rest0 = 0;
    double rest1 = 0;
    double rest2 = 0;
    double rest3 = 0;
    int r = 0;
    for (; r < count - (LANES - 1); r += LANES) {
      double d0 = values[r] - center;
      double d1 = values[r + 1] - center;
      double d2 = values[r + 2] - center;
      double d3 = values[r + 3] - center;
      square0 += d0 * d0;
      square1 += d1 * d1;
      square2 += d2 * d2;
      square3 += d3 * d3;
      rest0 += d0;
      rest1 += d1;
      rest2 += d2;
      rest3 += d3;
    }
    for (; r < count; r++) {
      double d = values[r] - center;
      square0 += d * d;
      rest0 += d;
    }
    double deviations = (square0 + square1) + (square2 + square3);
    double rest = (rest0 + rest1) + (rest2 + rest3);
    // What rounding left in the sum of the deviations corrects both moments.
    join(count, center + rest / count, deviations - rest * rest / count);
  }

  /** Adds a batch's moments to those of the batches before it. */
  private void join(long added, double center, double deviations) {
    double total = present + added;
    double delta = center - mean;
    mean += delta * added / total;
    squares += deviations + delta * delta * present * added / total;
    present += added;
  }

  @Override
  public ColumnSketch sketch() {
    return sketch;
  }

  @Override
  public NumberProfile profile() {
    return new NumberProfile(
        shape.name(),
        shape.edges(),
        counts,
        missing,
        shape.lowest(),
        shape.highest(),
        outOfRange,
        min,
        max,
        mean,
        squares);
  }
}
