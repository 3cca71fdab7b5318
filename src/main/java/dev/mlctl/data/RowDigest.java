package dev.mlctl.data;

import java.util.HexFormat;

/**
 * The digest of a multiset of rows: the hashes of all rows added up modulo 2^64, in two lanes. So
 * it depends neither on the order of the rows nor on how they were divided among files and workers,
 * and digests of parts add up to that of the whole; it differs, but for one chance in 2^64 and
 * less, when a row is missing, there twice, or another one. The construction is AdHash (Bellare and
 * Micciancio, "A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost",
 * EUROCRYPT 1997, section 5), with a fast hash in the place of a cryptographic one: it guards
 * against accidents, not against adversaries.
 *
 * @param first the sum of the rows' {@link RowHash#first} hashes
 * @param second the sum of their {@link RowHash#second} hashes
 */
public record RowDigest(long first, long second) {
  /** The digest of no rows. */
  public static final RowDigest NONE = new RowDigest(0, 0);

  private static final String PREFIX = "rows:";
  private static final int DIGITS = 16;

  /**
   * Reads a digest as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static RowDigest parse(String text) {
    if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 2 * DIGITS) {
      throw new IllegalArgumentException("not a digest of rows: " + text);
    }
    int middle = PREFIX.length() + DIGITS;
    return new RowDigest(
        HexFormat.fromHexDigitsToLong(text, PREFIX.length(), middle),
        HexFormat.fromHexDigitsToLong(text, middle, text.length()));
  }

  /** The digest of the rows of both. */
  public RowDigest plus(RowDigest other) {
    return new RowDigest(first + other.first, second + other.second);
  }

  /** The digest as it is published: {@code rows:} and 32 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return PREFIX + hex.toHexDigits(first) + hex.toHexDigits(second);
  }
}
