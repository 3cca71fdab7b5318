package dev.mlctl.data;

import java.util.Arrays;
import java.util.Base64;

/**
 * How long many things took, as counts in buckets that grow with the time: sixteen for each
 * doubling, from about a microsecond (2^10 ns) to over an hour (2^42 ns). A quantile is therefore
 * off by a 33rd of itself at most, and counts of any number of workers are added up exactly.
 * Shorter and longer times are in the first and in the last bucket. Immutable.
 *
 * <p>The buckets are those of HdrHistogram, found by shifts alone.
 */
public final class Latencies {
  /** Of nothing. */
  public static final Latencies NONE = new Latencies(0, new long[0]);

  private static final int SUB_BITS = 4;
  private static final int SUBS = 1 << SUB_BITS;
  private static final int LEAST_BITS = 10;
  private static final int MOST_BITS = 42;
  private static final int BUCKETS = (MOST_BITS - LEAST_BITS) * SUBS;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Of the buckets that are not empty the first, with those up to the last. */
  private final int first;

  private final long[] counts;

  private Latencies(int first, long[] counts) {
    this.first = first;
    this.counts = counts;
  }

  /** Counts times. Not thread-safe. */
  public static final class Counter {
    private final long[] counts = new long[BUCKETS];

    /** Counts one. */
    public void add(long nanos) {
      counts[bucket(nanos)]++;
    }

    /** What was counted so far. */
    public Latencies counted() {
      return trimmed(0, counts);
    }
  }

  private static int bucket(long nanos) {
    long inside = Math.min(Math.max(nanos, 1L << LEAST_BITS), (1L << MOST_BITS) - 1);
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(inside);
    int sub = (int) (inside >>> (bits - SUB_BITS)) & (SUBS - 1);
    return (bits - LEAST_BITS) * SUBS + sub;
  }

  /** The middle of a bucket, in nanoseconds. */
  private static double middle(int bucket) {
    int shift = bucket / SUBS + LEAST_BITS - SUB_BITS;
    return (SUBS + bucket % SUBS + 0.5) * (1L << shift);
  }

  private static Latencies trimmed(int from, long[] counts) {
    int start = 0;
    int end = counts.length;
    while (end > 0 && counts[end - 1] == 0) {
      end--;
    }
    while (start < end && counts[start] == 0) {
      start++;
    }
    return end == 0 ? NONE : new Latencies(from + start, Arrays.copyOfRange(counts, start, end));
  }

  /** How many there are. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** These and others. */
  public Latencies plus(Latencies other) {
    if (counts.length == 0 || other.counts.length == 0) {
      return counts.length == 0 ? other : this;
    }
    int from = Math.min(first, other.first);
    int to = Math.max(first + counts.length, other.first + other.counts.length);
    long[] sum = new long[to - from];
    addTo(sum, from);
    other.addTo(sum, from);
    return new Latencies(from, sum);
  }

  private void addTo(long[] sum, int from) {
    for (int i = 0; i < counts.length; i++) {
      sum[first - from + i] += counts[i];
    }
  }

  /**
   * The time in milliseconds within which a share of them is done, by nearest rank.
   *
   * @param share above 0, up to 1
   * @return NaN when there are none
   */
  public double millis(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count()));
    long passed = 0;
    for (int i = 0; i < counts.length; i++) {
      passed += counts[i];
      if (passed >= rank) {
        return middle(first + i) / NANOS_PER_MILLI;
      }
    }
    return Double.NaN;
  }

  /**
   * The counts as text: the first bucket's number, how many follow, and their counts, in Base64.
   */
  public String text() {
    ByteWriter out = new ByteWriter();
    out.whole(first);
    out.whole(counts.length);
    for (long count : counts) {
      out.whole(count);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(out.toArray());
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Latencies parse(String text) {
    ByteScan in = new ByteScan(Base64.getDecoder().decode(text));
    int from = in.whole(BUCKETS);
    long[] counts = new long[in.whole(BUCKETS - from)];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.whole();
      sum += counts[i];
    }
    in.end();
    if (sum > ByteScan.MOST) {
      throw new IllegalArgumentException("a count is too large");
    }
    return trimmed(from, counts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Latencies that
        && first == that.first
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * first + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return count() + " latencies";
  }
}
