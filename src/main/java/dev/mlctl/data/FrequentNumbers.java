package dev.mlctl.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The most frequent numbers, after Misra and Gries (Finding repeated elements, 1982), with weights:
 * {@value #COUNTERS} counters; a number that finds none free lowers all of them.
 *
 * <p><b>Error.</b> A count is never too high, and too low by at most 1/{@value #COUNTERS} of all
 * weight. What is written keeps the {@value #KEPT} highest of at least {@link #LEAST_SHARE}. Not
 * thread-safe.
 */
final class FrequentNumbers {
  static final int COUNTERS = 64;
  static final int KEPT = 16;

  /** What is rarer is left out of records. */
  static final double LEAST_SHARE = 0.01;

  private static final int SLOTS = 4 * COUNTERS;

  private final double[] keys = new double[SLOTS];
  private final long[] counts = new long[SLOTS];
  private int used;

  /** Counts a number. */
  void add(double value, long weight) {
    double key = value + 0.0; // minus zero is zero
    int slot = slot(key);
    if (counts[slot] > 0) {
      counts[slot] += weight;
    } else if (used < COUNTERS) {
      keys[slot] = key;
      counts[slot] = weight;
      used++;
    } else {
      long left = weight - lower(weight);
      if (left > 0) {
        add(value, left);
      }
    }
  }

  private int slot(double key) {
    int slot = (int) (Mix.of(Double.doubleToRawLongBits(key)) >>> 40) & (SLOTS - 1);
    while (counts[slot] > 0 && keys[slot] != key) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /** Lowers all counters by the lowest of them, or by less; returns by how much. */
  private long lower(long most) {
    long by = most;
    for (long count : counts) {
      by = count > 0 ? Math.min(by, count) : by;
    }
    double[] oldKeys = keys.clone();
    long[] old = counts.clone();
    Arrays.fill(counts, 0);
    used = 0;
    for (int s = 0; s < SLOTS; s++) {
      if (old[s] > by) {
        int slot = slot(oldKeys[s]);
        keys[slot] = oldKeys[s];
        counts[slot] = old[s] - by;
        used++;
      }
    }
    return by;
  }

  void merge(FrequentNumbers other) {
    for (int[] slot : other.highest(COUNTERS, 1)) {
      add(other.keys[slot[0]], other.counts[slot[0]]);
    }
  }

  /** The slots of the highest counts from some count on; equal ones by rising number. */
  private int[][] highest(int most, long least) {
    int[][] slots = new int[used][];
    int n = 0;
    for (int s = 0; s < SLOTS; s++) {
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
