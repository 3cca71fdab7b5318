package dev.mlctl.data;

/**
 * How many different values there are: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) with
 * {@value #REGISTERS} registers over a 64-bit hash, read out by Ertl's improved estimator (New
 * cardinality estimation algorithms for HyperLogLog sketches, 2017, algorithm 6), which has no bias
 * at either end. Every value is looked at, none is sampled.
 *
 * <p><b>Error.</b> A standard error of {@link #RELATIVE_ERROR} of the count; in small numbers, up
 * to a tenth of the registers, less than one. The order of values and merging does not matter. Not
 * thread-safe.
 */
final class DistinctSketch {
  private static final int LG_REGISTERS = 7;
  static final int REGISTERS = 1 << LG_REGISTERS;

  /** 1.04 / √registers. */
  static final double RELATIVE_ERROR = 1.04 / Math.sqrt(REGISTERS);

  private static final int HASH_BITS = Long.SIZE - LG_REGISTERS;
  private static final int NIBBLE = 15;

  /** Where the run of zeros ends at the latest. */
  private static final long STOP = 1L << (LG_REGISTERS - 1);

  private final byte[] registers = new byte[REGISTERS];

  /** Counts the first values of an array. */
  void add(double[] values, int count) {
    // A rank that all registers have reached changes none: that is soon so of nearly all values.
    int zeros = Long.SIZE - 1 - lowest();
    for (int i = 0; i < count; i++) {
      // + 0.0: minus zero is zero.
      long hash = Mix.of(Double.doubleToRawLongBits(values[i] + 0.0));
      if ((hash << LG_REGISTERS) >>> 1 >>> zeros == 0) {
        raise(hash);
      }
    }
  }

  private int lowest() {
    int lowest = Byte.MAX_VALUE;
    for (byte register : registers) {
      lowest = Math.min(lowest, register);
    }
    return lowest;
  }

  private void raise(long hash) {
    int register = (int) (hash >>> HASH_BITS);
    int rank = Long.numberOfLeadingZeros((hash << LG_REGISTERS) | STOP) + 1;
    registers[register] = (byte) Math.max(registers[register], rank);
  }

  void add(String text) {
    raise(Mix.of(text));
  }

  void merge(DistinctSketch other) {
    for (int r = 0; r < REGISTERS; r++) {
      registers[r] = (byte) Math.max(registers[r], other.registers[r]);
    }
  }

  /** The estimated count. */
  double estimate() {
    int[] counts = new int[HASH_BITS + 2];
    for (byte register : registers) {
      counts[register]++;
    }
    double z = REGISTERS * tau(1 - counts[HASH_BITS + 1] / (double) REGISTERS);
    for (int k = HASH_BITS; k >= 1; k--) {
      z = 0.5 * (z + counts[k]);
    }
    z += REGISTERS * sigma(counts[0] / (double) REGISTERS);
    return (double) REGISTERS * REGISTERS / (2 * Math.log(2) * z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }

  /**
   * Four bits a register above the lowest one. What is cut off, of one in ten thousand registers,
   * is far below the error.
   */
  void write(ByteWriter out) {
    int lowest = lowest();
    out.octet(lowest);
    for (int r = 0; r < REGISTERS; r += 2) {
      int one = Math.min(NIBBLE, registers[r] - lowest);
      int other = Math.min(NIBBLE, registers[r + 1] - lowest);
      out.octet(one << 4 | other);
    }
  }

  static DistinctSketch read(ByteScan in) {
    DistinctSketch sketch = new DistinctSketch();
    int lowest = in.octet();
    for (int r = 0; r < REGISTERS; r += 2) {
      int two = in.octet();
      sketch.registers[r] = register(lowest + (two >> 4));
      sketch.registers[r + 1] = register(lowest + (two & NIBBLE));
    }
    return sketch;
  }

  private static byte register(int value) {
    if (value > HASH_BITS + 1) {
      throw new IllegalArgumentException("a register of " + value);
    }
    return (byte) value;
  }
}
