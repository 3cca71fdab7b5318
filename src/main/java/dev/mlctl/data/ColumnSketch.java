package dev.mlctl.data;

import java.util.Map;

/**
 * The sketches of one column: of numbers, their quantiles, how many different ones there are and
 * the most frequent of them; of categories, how many different unknown texts, since all else is
 * counted exactly.
 *
 * <p><b>Sampling.</b> Different values are counted among all values. Quantiles and frequent numbers
 * look at the first {@value #ALL_OF} values of a part of the input, and then at one in {@value
 * #EACH}, chosen at random (from a fixed seed, so always alike) from each {@value #EACH} that
 * follow each other, which counts as so many. That adds to the error of the sketches what is added
 * by a random sample of that size: of 2000 values, 0.03 in any rank with probability 0.95
 * (Dvoretzky, Kiefer, Wolfowitz with Massart's constant), less as 1/√n for more. Not thread-safe.
 */
final class ColumnSketch {
  static final int ALL_OF = 1024;
  static final int EACH = 64;

  private static final int LG_EACH = 6;
  private static final int NOTHING = 0;
  private static final int NUMBERS = 1;
  private static final int TEXTS = 2;

  private RankSketch ranks;
  private FrequentNumbers frequent;
  private DistinctSketch distinct;

  private int seen;
  private int skip;
  private int pick;
  private long random;

  /** Takes the first values of an array, all finite. */
  void add(double[] values, int count) {
    if (ranks == null) {
      ranks = new RankSketch();
      frequent = new FrequentNumbers();
      distinct = new DistinctSketch();
    }
    distinct.add(values, count);
    int all = Math.min(count, ALL_OF - seen);
    for (int i = 0; i < all; i++) {
      ranks.add(values[i], 0);
      frequent.add(values[i], 1);
    }
    seen += all;
    if (seen == ALL_OF) {
      sample(values, all, count);
    }
  }

  /** One of each {@value #EACH}, also across batches. */
  private void sample(double[] values, int from, int to) {
    int i = from + skip;
    while (i < to) {
      ranks.add(values[i], LG_EACH);
      frequent.add(values[i], EACH);
      random = random * 6364136223846793005L + 1442695040888963407L; // Knuth, MMIX
      int next = (int) (random >>> (Long.SIZE - LG_EACH));
      i += EACH - pick + next;
      pick = next;
    }
    skip = i - to;
  }

  /** Takes an unknown text. */
  void add(String text) {
    distinct = distinct == null ? new DistinctSketch() : distinct;
    distinct.add(text);
  }

  void merge(ColumnSketch other) {
    if (other.distinct != null) {
      distinct = distinct == null ? new DistinctSketch() : distinct;
      distinct.merge(other.distinct);
    }
    if (other.ranks != null) {
      ranks = ranks == null ? new RankSketch() : ranks;
      frequent = frequent == null ? new FrequentNumbers() : frequent;
      ranks.merge(other.ranks);
      frequent.merge(other.frequent);
    }
  }

  /** How many different numbers or unknown texts; 0 when there are none. */
  double distinct() {
    return distinct == null ? 0 : distinct.estimate();
  }

  /** The values kept for quantiles. */
  RankSketch.Weighted values() {
    return (ranks == null ? new RankSketch() : ranks).sorted();
  }

  /** Frequent numbers with their shares, the most frequent first. */
  Map<Double, Double> shares() {
    return ranks == null ? Map.of() : frequent.shares(ranks.weight());
  }

  void write(ByteWriter out) {
    if (ranks != null) {
      out.octet(NUMBERS);
      distinct.write(out);
      ranks.write(out);
      frequent.write(out, ranks.weight());
    } else if (distinct != null) {
      out.octet(TEXTS);
      distinct.write(out);
    } else {
      out.octet(NOTHING);
    }
  }

  static ColumnSketch read(ByteScan in) {
    ColumnSketch sketch = new ColumnSketch();
    int kind = in.whole(TEXTS);
    if (kind != NOTHING) {
      sketch.distinct = DistinctSketch.read(in);
    }
    if (kind == NUMBERS) {
      sketch.ranks = RankSketch.read(in);
      sketch.frequent = FrequentNumbers.read(in);
    }
    return sketch;
  }
}
