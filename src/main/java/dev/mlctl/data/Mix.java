package dev.mlctl.data;

/** A hash of 64 bits. */
final class Mix {
  private Mix() {}

  /** Stafford's variant 13 of the finaliser of MurmurHash3, as in java.util.SplittableRandom. */
  static long of(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Of a text: the 64-bit FNV-1a hash of its UTF-16 units, mixed. */
  static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return of(hash);
  }
}
