package dev.mlctl.format;

import java.io.IOException;

/** Decompression of LZ4 blocks, as lz4_Block_format.md of lz4/lz4 describes them. */
final class Lz4 {
  private static final int SHORTEST_MATCH = 4;

  private Lz4() {}

  /**
   * Decompresses one block.
   *
   * @return how many bytes there were, at most {@code size}
   * @throws IOException when the block makes no sense or is longer
   */
  static int decompress(byte[] from, int start, int length, byte[] into, int at, int size)
      throws IOException {
    int end = start + length;
    int limit = at + size;
    int p = start;
    int q = at;
    while (p < end) {
      int token = from[p++] & 0xFF;
      int literals = token >>> 4;
      for (int b = 255; literals >= 15 && b == 255; literals += b) {
        b = p < end ? from[p++] & 0xFF : fail();
      }
      if (literals < 0 || literals > end - p || literals > limit - q) {
        fail();
      }
      System.arraycopy(from, p, into, q, literals);
      p += literals;
      q += literals;
      if (p == end) {
        return q - at;
      }
      int offset = p + 1 < end ? (from[p] & 0xFF) | (from[p + 1] & 0xFF) << 8 : fail();
      p += 2;
      int match = token & 15;
      for (int b = 255; match >= 15 && b == 255; match += b) {
        b = p < end ? from[p++] & 0xFF : fail();
      }
      match += SHORTEST_MATCH;
      if (offset == 0 || offset > q - at || match < 0 || match > limit - q) {
        fail();
      }
      for (int i = 0; i < match; i++, q++) {
        into[q] = into[q - offset]; // byte by byte: what is copied may be part of itself
      }
    }
    return q - at;
  }

  private static int fail() throws IOException {
    throw new IOException("lz4: the block makes no sense");
  }
}
