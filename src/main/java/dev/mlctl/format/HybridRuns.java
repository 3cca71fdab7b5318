package dev.mlctl.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Reads small numbers in Parquet's hybrid of runs and bit-packed groups of eight (Encodings.md of
 * apache/parquet-format, "RLE = 3"): null flags and indices into dictionaries. Not thread-safe.
 */
final class HybridRuns {
  private byte[] bytes;
  private ByteBuffer buffer;
  private int at;
  private int end;
  private int width;
  private BytePacker packer;
  private int runLeft;
  private int runValue;
  private int groupsLeft;
  private final int[] group = new int[8];
  private int groupNext = 8;

  /**
   * Starts to read.
   *
   * @param bitWidth bits of a value, 0 to 32
   */
  void reset(byte[] source, int from, int to, int bitWidth) {
    if (bitWidth < 0 || bitWidth > 32) {
      throw new IllegalArgumentException("values of " + bitWidth + " bits");
    }
    if (packer == null || width != bitWidth) {
      packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
    }
    bytes = source;
    buffer = ByteBuffer.wrap(source);
    at = from;
    end = to;
    width = bitWidth;
    runLeft = 0;
    groupsLeft = 0;
    groupNext = 8;
  }

  /**
   * Reads values.
   *
   * @throws IllegalArgumentException when there are fewer
   */
  void read(int[] into, int from, int count) {
    int p = from;
    int to = from + count;
    while (p < to) {
      if (runLeft > 0) {
        int n = Math.min(runLeft, to - p);
        Arrays.fill(into, p, p + n, runValue);
        runLeft -= n;
        p += n;
      } else if (groupNext < 8) {
        into[p++] = group[groupNext++];
      } else if (groupsLeft > 0) {
        if (to - p >= 8) {
          unpack(into, p);
          p += 8;
        } else {
          unpack(group, 0);
          groupNext = 0;
        }
      } else {
        nextRun();
      }
    }
  }

  /**
   * Reads levels of one bit as null flags: 0 is null.
   *
   * @return how many are not null
   */
  int readNulls(boolean[] nulls, int from, int count) {
    int present = 0;
    int p = from;
    int to = from + count;
    while (p < to) {
      if (runLeft > 0) {
        int n = Math.min(runLeft, to - p);
        Arrays.fill(nulls, p, p + n, runValue == 0);
        present += runValue == 0 ? 0 : n;
        runLeft -= n;
        p += n;
      } else if (groupNext < 8) {
        int level = group[groupNext++];
        nulls[p++] = level == 0;
        present += level;
      } else if (groupsLeft > 0) {
        unpack(group, 0);
        groupNext = 0;
      } else {
        nextRun();
      }
    }
    return present;
  }

  private void nextRun() {
    int header = Varints.readInt(bytes, at, end);
    at += Varints.length(bytes, at);
    if ((header & 1) == 1) {
      groupsLeft = header >>> 1;
    } else {
      runLeft = header >>> 1;
      runValue = 0;
      int length = (width + 7) / 8;
      if (length > end - at) {
        throw new IllegalArgumentException("a run ends early");
      }
      for (int i = 0; i < length; i++) {
        runValue |= (bytes[at++] & 0xFF) << (8 * i);
      }
    }
  }

  /** Unpacks a group of eight; some writers leave out the last bytes of the last one. */
  private void unpack(int[] into, int from) {
    groupsLeft--;
    if (width == 0) {
      Arrays.fill(into, from, from + 8, 0); // the packer of no bits writes nothing
    } else if (end - at >= width) {
      packer.unpack8Values(buffer, at, into, from);
      at += width;
    } else if (end > at) {
      ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOfRange(bytes, at, end), width));
      packer.unpack8Values(padded, 0, into, from);
      at = end;
    } else {
      throw new IllegalArgumentException("a group ends early");
    }
  }
}
