package dev.mlctl.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The most frequent numbers: {@value #SETS} sets of {@value #WAYS} counters, each number at home in
 * one of them; a number that finds no counter free there lowers all of its set (Misra and Gries:
 * Finding repeated elements, 1982).
 *
 * <p><b>Error.</b> A count is never too high, and too low by at most a seventeenth of the weight in
 * its set, that is by about 1/{@value #COUNTERS} of all; it is exact where no more numbers than
 * counters are at home in a set. What is written keeps the {@value #KEPT} highest of at least
 * {@link #LEAST_SHARE}, and what others counted is lost to a sum. Not thread-safe.
 */
final class FrequentNumbers {
  private static final int SETS = 4;
  private static final int WAYS = 16;
  private static final int COUNTERS = SETS * WAYS;
  static final int KEPT = 16;

  /** What is rarer is left out of records. */
  static final double LEAST_SHARE = 0.01;

  private final double[] keys = new double[COUNTERS];
  private final long[] counts = new long[COUNTERS];

  /** Counts a number. */
  void add(double value, long weight) {
    double key = value + 0.0; // minus zero is zero
    int set = (int) (Mix.of(Double.doubleToRawLongBits(key)) >>> 32) & (COUNTERS - WAYS);
    int lowest = set;
    for (int c = set; c < set + WAYS; c++) {
      if (counts[c] > 0 && keys[c] == key) {
        counts[c] += weight;
        return;
      }
      lowest = counts[c] < counts[lowest] ? c : lowest;
    }
    long by = Math.min(weight, counts[lowest]);
    for (int c = set; c < set + WAYS; c++) {
      counts[c] -= by;
    }
    if (weight > by) {
      keys[lowest] = key;
      counts[lowest] = weight - by;
    }
  }

  void merge(FrequentNumbers other) {
    for (int[] slot : other.highest(COUNTERS, 1)) {
      add(other.keys[slot[0]], other.counts[slot[0]]);
    }
  }

  /** The slots of the highest counts from some count on; equal ones by rising number. */
  private int[][] highest(int most, long least) {
    int[][] slots = new int[COUNTERS][];
    int n = 0;
    for (int s = 0; s < COUNTERS; s++) {
      if (counts[s] >= least) {
        slots[n++] = new int[] {s};
      }
    }
    int[][] found = Arrays.copyOf(slots, n);
    Arrays.sort(
        found,
        (a, b) ->
            counts[a[0]] != counts[b[0]]
                ? Long.compare(counts[b[0]], counts[a[0]])
                : Double.compare(keys[a[0]], keys[b[0]]));
    return Arrays.copyOf(found, Math.min(most, n));
  }

  /**
   * The numbers of at least a share of the weight, the most frequent first, with that share.
   *
   * @param total the weight of all
   */
  Map<Double, Double> shares(long total) {
    Map<Double, Double> shares = new LinkedHashMap<>();
    for (int[] slot : highest(KEPT, least(total))) {
      shares.put(keys[slot[0]], counts[slot[0]] / (double) total);
    }
    return Collections.unmodifiableMap(shares);
  }

  private static long least(long total) {
    return Math.max(1, (long) Math.ceil(total * LEAST_SHARE));
  }

  void write(ByteWriter out, long total) {
    int[][] slots = highest(KEPT, least(total));
    out.octet(slots.length);
    for (int[] slot : slots) {
      out.real(keys[slot[0]]);
      out.whole(counts[slot[0]]);
    }
  }

  static FrequentNumbers read(ByteScan in) {
    FrequentNumbers frequent = new FrequentNumbers();
    int size = in.whole(KEPT);
    for (int i = 0; i < size; i++) {
      double key = in.real();
      long count = in.whole();
      if (!Double.isFinite(key) || count == 0) {
        throw new IllegalArgumentException("a frequent number of " + key);
      }
      frequent.add(key, count);
    }
    return frequent;
  }
}
