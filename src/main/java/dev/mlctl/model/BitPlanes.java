package dev.mlctl.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Sixty-four rows going down one tree together, a bit each. At a split the rows that are above its
 * threshold are a word; which of a level's splits a row stands at is told by the words of the
 * levels above, its planes. A select takes a level's splits, halves them by the first plane, halves
 * what is left by the next, and ends with the level's own plane. The planes of all levels are the
 * bits of the leaf that each row reaches.
 */
final class BitPlanes {
  /** Rows in a word. */
  static final int ROWS = 64;

  /** Levels of splits at most: the bits of a leaf make a byte. */
  static final int LEVELS = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FOURS = 0x0f0f0f0f0f0f0f0fL;
  private static final long TWOS = 0x3333333333333333L;
  private static final long ONES = 0x5555555555555555L;

  private BitPlanes() {}

  /** The bit of a row: such that {@link #leaves} has them in order. */
  static long bitOf(int row) {
    return 1L << ((row & 7) << 3 | row >> 3);
  }

  /**
   * Takes 64 rows down a tree.
   *
   * @param above per threshold the rows above it
   * @param heap indices into {@code above}: from {@code root + 1} on the tree's splits in heap
   *     order (the children of i are 2 i and 2 i + 1), all {@code levels} of them full
   * @param levels of splits, 1 to 8
   * @param leaves filled with the leaf of each row, counted from the left
   */
  static void leaves(long[] above, char[] heap, int root, int levels, byte[] leaves) {
    long[] b = above;
    char[] at = heap;
    long p = b[at[root + 1]];
    long q = levels > 1 ? select2(b, at, root + 2, p) : 0;
    long r = levels > 2 ? select4(b, at, root + 4, p, q) : 0;
    long s = levels > 3 ? select8(b, at, root + 8, p, q, r) : 0;
    long t = levels > 4 ? select16(b, at, root + 16, p, q, r, s) : 0;
    long u = levels > 5 ? select32(b, at, root + 32, p, q, r, s, t) : 0;
    long v = levels > 6 ? select64(b, at, root + 64, p, q, r, s, t, u) : 0;
    long w = levels > 7 ? select128(b, at, root + 128, p, q, r, s, t, u, v) : 0;
    transpose(w, v, u, t, s, r, q, p, LEVELS - levels, leaves);
  }

  /** Bits of {@code other} where {@code which} is set, else of {@code one}. */
  private static long choose(long which, long one, long other) {
    return one ^ ((one ^ other) & which);
  }

  private static long select2(long[] b, char[] at, int i, long p) {
    return choose(p, b[at[i]], b[at[i + 1]]);
  }

  private static long select4(long[] b, char[] at, int i, long p, long q) {
    return choose(p, select2(b, at, i, q), select2(b, at, i + 2, q));
  }

  private static long select8(long[] b, char[] at, int i, long p, long q, long r) {
    return choose(p, select4(b, at, i, q, r), select4(b, at, i + 4, q, r));
  }

  private static long select16(long[] b, char[] at, int i, long p, long q, long r, long s) {
    return choose(p, select8(b, at, i, q, r, s), select8(b, at, i + 8, q, r, s));
  }

  private static long select32(long[] b, char[] at, int i, long p, long q, long r, long s, long t) {
    return choose(p, select16(b, at, i, q, r, s, t), select16(b, at, i + 16, q, r, s, t));
  }

  private static long select64(
      long[] b, char[] at, int i, long p, long q, long r, long s, long t, long u) {
    return choose(p, select32(b, at, i, q, r, s, t, u), select32(b, at, i + 32, q, r, s, t, u));
  }

  private static long select128(
      long[] b, char[] at, int i, long p, long q, long r, long s, long t, long u, long v) {
    return choose(
        p, select64(b, at, i, q, r, s, t, u, v), select64(b, at, i + 64, q, r, s, t, u, v));
  }

  /**
   * Eight words as eight 8 × 8 matrices of bits, each transposed by swapping blocks of 4, 2 and 1
   * (Warren, "Hacker's Delight", 2nd edition, section 7-3), then shifted right.
   */
  private static void transpose(
      long a, long b, long c, long d, long e, long f, long g, long h, int shift, byte[] into) {
    long swap = ((a >>> 4) ^ e) & FOURS;
    a ^= swap << 4;
    e ^= swap;
    swap = ((b >>> 4) ^ f) & FOURS;
    b ^= swap << 4;
    f ^= swap;
    swap = ((c >>> 4) ^ g) & FOURS;
    c ^= swap << 4;
    g ^= swap;
    swap = ((d >>> 4) ^ h) & FOURS;
    d ^= swap << 4;
    h ^= swap;
    swap = ((a >>> 2) ^ c) & TWOS;
    a ^= swap << 2;
    c ^= swap;
    swap = ((b >>> 2) ^ d) & TWOS;
    b ^= swap << 2;
    d ^= swap;
    swap = ((e >>> 2) ^ g) & TWOS;
    e ^= swap << 2;
    g ^= swap;
    swap = ((f >>> 2) ^ h) & TWOS;
    f ^= swap << 2;
    h ^= swap;
    swap = ((a >>> 1) ^ b) & ONES;
    LONGS.set(into, 0, (a ^ swap << 1) >>> shift);
    LONGS.set(into, 8, (b ^ swap) >>> shift);
    swap = ((c >>> 1) ^ d) & ONES;
    LONGS.set(into, 16, (c ^ swap << 1) >>> shift);
    LONGS.set(into, 24, (d ^ swap) >>> shift);
    swap = ((e >>> 1) ^ f) & ONES;
    LONGS.set(into, 32, (e ^ swap << 1) >>> shift);
    LONGS.set(into, 40, (f ^ swap) >>> shift);
    swap = ((g >>> 1) ^ h) & ONES;
    LONGS.set(into, 48, (g ^ swap << 1) >>> shift);
    LONGS.set(into, 56, (h ^ swap) >>> shift);
  }
}
