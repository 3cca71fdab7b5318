package dev.mlctl.monitor;

/**
 * Some of the keys, by the first bits of their hash, so that labels too many for the memory are
 * joined in several passes.
 *
 * @param bits how many bits choose, 0 to 30
 * @param number of the part, from 0
 */
record KeyPart(int bits, int number) {
  static final KeyPart ALL = new KeyPart(0, 0);

  private static final int MOST_BITS = 30;

  boolean holds(long key) {
    return bits == 0 || key >>> (Long.SIZE - bits) == number;
  }

  /** Whether it is the pass that counts what belongs to no key. */
  boolean isFirst() {
    return number == 0;
  }

  /** The first of twice as many parts. */
  KeyPart halved() {
    if (bits == MOST_BITS) {
      throw new IllegalStateException("more parts than labels can need");
    }
    return new KeyPart(bits + 1, 0);
  }

  /** The next part, or null after the last. */
  KeyPart next() {
    return number + 1 < 1 << bits ? new KeyPart(bits, number + 1) : null;
  }
}
