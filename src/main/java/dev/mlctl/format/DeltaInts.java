package dev.mlctl.format;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePackerForLong;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Reads whole numbers written as bit-packed differences (Encodings.md of apache/parquet-format,
 * "DELTA_BINARY_PACKED = 5"), a few at a time, so that what a header claims costs no memory. Not
 * thread-safe.
 */
final class DeltaInts {
  private static final int MAX_BLOCK = 1 << 20;

  private final byte[] bytes;
  private final int end;
  private int at;
  private final int miniBlocks;
  private final int miniBlockValues;
  private int valuesLeft;
  private long last;
  private boolean first = true;
  private long minDelta;
  private int widthsAt;
  private int miniBlock;
  private int miniBlockLeft;
  private BytePackerForLong packer;
  private final long[] group = new long[8];
  private int groupNext = 8;

  /**
   * Starts to read.
   *
   * @throws IllegalArgumentException when the header makes no sense
   */
  DeltaInts(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    this.at = from;
    int block = varint();
    miniBlocks = varint();
    valuesLeft = varint();
    last = Varints.signed(longVarint());
    if (block <= 0 || block > MAX_BLOCK || miniBlocks <= 0 || block % miniBlocks != 0) {
      throw new IllegalArgumentException("blocks of " + block + " in " + miniBlocks + " parts");
    }
    miniBlockValues = block / miniBlocks;
    if (miniBlockValues % 8 != 0 || valuesLeft < 0) {
      throw new IllegalArgumentException("parts of " + miniBlockValues + " values");
    }
    miniBlock = miniBlocks;
  }

  private int varint() {
    int value = Varints.readInt(bytes, at, end);
    at += Varints.length(bytes, at);
    return value;
  }

  private long longVarint() {
    long value = Varints.readLong(bytes, at, end);
    at += Varints.length(bytes, at);
    return value;
  }

  /** How many values are left, by the header. */
  int left() {
    return valuesLeft;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException when there is none
   */
  long next() {
    if (valuesLeft-- <= 0) {
      throw new IllegalArgumentException("fewer differences than values");
    }
    if (first) {
      first = false;
      return last;
    }
    if (groupNext == 8) {
      nextGroup();
    }
    last += minDelta + group[groupNext++];
    return last;
  }

  private void nextGroup() {
    if (miniBlockLeft == 0) {
      nextMiniBlock();
    }
    int width = packer.getBitWidth();
    if (width > end - at) {
      throw new IllegalArgumentException("differences end early");
    }
    if (width == 0) {
      Arrays.fill(group, 0); // the packer of no bits writes nothing
    } else {
      packer.unpack8Values(bytes, at, group, 0);
      at += width;
    }
    miniBlockLeft -= 8;
    groupNext = 0;
  }

  private void nextMiniBlock() {
    if (miniBlock == miniBlocks) {
      minDelta = Varints.signed(longVarint());
      widthsAt = at;
      if (miniBlocks > end - at) {
        throw new IllegalArgumentException("widths end early");
      }
      at += miniBlocks;
      miniBlock = 0;
    }
    packer = Packer.LITTLE_ENDIAN.newBytePackerForLong(width(widthsAt + miniBlock));
    miniBlock++;
    miniBlockLeft = miniBlockValues;
  }

  private int width(int position) {
    int width = bytes[position] & 0xFF;
    if (width > 64) {
      throw new IllegalArgumentException("differences of " + width + " bits");
    }
    return width;
  }

  /**
   * Where the numbers end, which no header tells: goes through the blocks without unpacking them.
   */
  static int endOf(byte[] bytes, int from, int end) {
    DeltaInts numbers = new DeltaInts(bytes, from, end);
    long left = numbers.valuesLeft - 1L;
    while (left > 0) {
      numbers.longVarint();
      int widths = numbers.at;
      numbers.at += numbers.miniBlocks;
      for (int m = 0; m < numbers.miniBlocks && left > 0; m++) {
        if (widths + m >= end) {
          throw new IllegalArgumentException("widths end early");
        }
        numbers.at += numbers.miniBlockValues / 8 * numbers.width(widths + m);
        left -= numbers.miniBlockValues;
        if (numbers.at > end || numbers.at < 0) {
          throw new IllegalArgumentException("differences end early");
        }
      }
    }
    return numbers.at;
  }
}
