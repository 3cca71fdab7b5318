package dev.mlctl.data;

import java.util.Arrays;

/**
 * The KLL sketch of quantiles (Karnin, Lang, Liberty: Optimal Quantile Approximation in Streams,
 * 2016) with the parameters of Apache DataSketches' KllDoublesSketch: levels of values, each value
 * of level i standing for 2^i of those seen, whose capacities shrink by 2/3 from the top down to 8.
 * A level is sorted; of a full one every other value moves up.
 *
 * <p><b>Error.</b> With probability 0.99 a rank is off by no more than {@link #RANK_ERROR} of all
 * values, however many sketches were merged in whatever order. Values are kept to 17 significant
 * bits (whole numbers up to 131,072 exactly, others to 8 millionths), so that they can be stored in
 * two bytes each.
 *
 * <p><b>Why not the library's.</b> That throws its coins from one random generator per process that
 * cannot be given a seed: the record of a run would differ each time. Here the coin is a hash of
 * the weight seen so far, so the same values in the same order give the same sketch. Also, a value
 * that stands for several can enter at its level. Not thread-safe.
 */
final class RankSketch {
  /** The capacity of the top level; DataSketches' k. */
  static final int K = 50;

  /** DataSketches' normalised rank error for one rank and this k: 2.296 / k^0.9723. */
  static final double RANK_ERROR = 2.296 / Math.pow(K, 0.9723);

  private static final int SMALLEST = 8;
  private static final int MOST_LEVELS = 62;
  private static final int MOST_LEVELS_READ = 48;
  private static final int BUFFER = 64;
  private static final int DROPPED_BITS = 7;
  private static final int LARGEST_CODE = Float.floatToIntBits(Float.MAX_VALUE) >> DROPPED_BITS;
  private static final int SMALLEST_CODE = -LARGEST_CODE - 1;

  /** The capacity by how many levels are above. */
  private static final int[] CAPACITY = new int[MOST_LEVELS];

  static {
    double capacity = K;
    for (int depth = 0; depth < MOST_LEVELS; depth++) {
      CAPACITY[depth] = Math.max(SMALLEST, (int) Math.ceil(capacity));
      capacity *= 2 / 3.0;
    }
  }

  /** By level, each sorted. */
  private int[][] codes = new int[0][];

  private int[] sizes = new int[0];
  private int levels;
  private int kept;
  private int room;
  private long weight;

  /** Values of one level on their way in: sorting many at once is cheaper than few at a time. */
  private int[] buffer = new int[0];

  private int buffered;
  private int bufferLevel;

  /** Takes a finite value that stands for 2^level values. */
  void add(double value, int level) {
    if (buffered == buffer.length || level != bufferLevel) {
      flush();
      bufferLevel = level;
      buffer = buffer.length == BUFFER ? buffer : new int[BUFFER];
    }
    buffer[buffered++] = code(value);
  }

  private void flush() {
    if (buffered > 0) {
      int count = buffered;
      buffered = 0;
      weight += (long) count << bufferLevel;
      sort(buffer, count);
      insert(buffer, count, bufferLevel);
      compress();
    }
  }

  /**
   * By insertion: as fast as any for so few, and so small that compiling it, in runs of seconds,
   * costs less than sorting with {@link Arrays#sort(int[])} and compiling that.
   */
  private static void sort(int[] codes, int count) {
    for (int i = 1; i < count; i++) {
      int code = codes[i];
      int at = i;
      for (; at > 0 && codes[at - 1] > code; at--) {
        codes[at] = codes[at - 1];
      }
      codes[at] = code;
    }
  }

  /** Order-preserving: the bits of the nearest float as a whole number, cut and rounded. */
  private static int code(double value) {
    int bits = Float.floatToIntBits((float) value);
    int ordered = bits ^ ((bits >> 31) & 0x7FFFFFFF);
    int rounded = (ordered + (1 << (DROPPED_BITS - 1))) >> DROPPED_BITS;
    return Math.max(SMALLEST_CODE, Math.min(LARGEST_CODE, rounded));
  }

  private static double value(int code) {
    int ordered = code << DROPPED_BITS;
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7FFFFFFF)) + 0.0;
  }

  /** Merges sorted values into a level. */
  private void insert(int[] run, int count, int level) {
    grow(level + 1);
    int size = sizes[level];
    if (codes[level].length < size + count) {
      codes[level] = Arrays.copyOf(codes[level], Math.max(SMALLEST, size + count));
    }
    int[] into = codes[level];
    int at = size + count - 1;
    int i = size - 1;
    for (int j = count - 1; j >= 0; ) {
      into[at--] = i >= 0 && into[i] > run[j] ? into[i--] : run[j--];
    }
    sizes[level] = size + count;
    kept += count;
  }

  private void grow(int wanted) {
    if (wanted <= levels) {
      return;
    }
    codes = Arrays.copyOf(codes, wanted);
    sizes = Arrays.copyOf(sizes, wanted);
    for (int level = levels; level < wanted; level++) {
      codes[level] = new int[0];
    }
    levels = wanted;
    room = 0;
    for (int level = 0; level < levels; level++) {
      room += CAPACITY[levels - 1 - level];
    }
  }

  /** Halves the lowest level that is full, until everything has room. */
  private void compress() {
    while (kept > room) {
      int level = 0;
      while (sizes[level] < CAPACITY[levels - 1 - level]) {
        level++;
      }
      grow(level + 2);
      halve(level);
    }
  }

  private void halve(int level) {
    int[] from = codes[level];
    int size = sizes[level];
    int odd = size & 1;
    // An odd one stays behind; which of each pair moves up is decided by the coin.
    int coin = (int) (Mix.of(weight + level) >>> 63);
    int[] run = new int[size / 2];
    for (int i = 0; i < run.length; i++) {
      run[i] = from[odd + coin + 2 * i];
    }
    sizes[level] = odd;
    kept -= size - odd;
    insert(run, run.length, level + 1);
  }

  /** Takes what another one has seen. */
  void merge(RankSketch other) {
    flush();
    other.flush();
    weight += other.weight;
    for (int level = 0; level < other.levels; level++) {
      insert(other.codes[level], other.sizes[level], level);
    }
    compress();
  }

  /** How many values it stands for. */
  long weight() {
    flush();
    return weight;
  }

  /** The values kept, sorted, with the weight of each. */
  Weighted sorted() {
    flush();
    long[] keyed = new long[kept]; // the code above, the level below: sorts by code
    int n = 0;
    for (int level = 0; level < levels; level++) {
      for (int i = 0; i < sizes[level]; i++) {
        keyed[n++] = ((long) codes[level][i] << 8) | level;
      }
    }
    Arrays.sort(keyed);
    double[] values = new double[kept];
    long[] weights = new long[kept];
    for (int i = 0; i < kept; i++) {
      values[i] = value((int) (keyed[i] >> 8));
      weights[i] = 1L << (keyed[i] & 0xFF);
    }
    return new Weighted(values, weights);
  }

  /**
   * Values with weights.
   *
   * @param values in rising order
   * @param weights of each, same length
   */
  record Weighted(double[] values, long[] weights) {}

  void write(ByteWriter out) {
    flush();
    out.whole(levels);
    for (int level = 0; level < levels; level++) {
      out.whole(sizes[level]);
      int before = SMALLEST_CODE;
      for (int i = 0; i < sizes[level]; i++) {
        out.whole(codes[level][i] - before);
        before = codes[level][i];
      }
    }
  }

  static RankSketch read(ByteScan in) {
    RankSketch sketch = new RankSketch();
    int levels = in.whole(MOST_LEVELS_READ);
    sketch.grow(levels);
    for (int level = 0; level < levels; level++) {
      int[] run = new int[in.whole(4 * K)];
      int size = run.length;
      long code = SMALLEST_CODE;
      for (int i = 0; i < size; i++) {
        code += in.whole();
        if (code > LARGEST_CODE) {
          throw new IllegalArgumentException("a quantile out of range");
        }
        run[i] = (int) code;
      }
      sketch.insert(run, size, level);
      sketch.weight += (long) size << level;
    }
    if (sketch.weight > ByteScan.MOST || sketch.weight < 0) {
      throw new IllegalArgumentException("quantiles of too many values");
    }
    sketch.compress();
    return sketch;
  }
}
