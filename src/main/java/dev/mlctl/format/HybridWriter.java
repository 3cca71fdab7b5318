package dev.mlctl.format;

import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/** Writes small numbers in Parquet's hybrid of runs and bit-packed groups; see HybridRuns. */
final class HybridWriter {
  private static final int GROUP = 8;

  private HybridWriter() {}

  /** How many bits the numbers up to one less than {@code values} take, at least 1. */
  static int width(int values) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(values - 1));
  }

  /** A single run. */
  static void putRun(int value, int count, int width, GrowingBytes out) {
    out.putVarint((long) count << 1);
    out.putLittleEndian(value, (width + 7) / 8);
  }

  /** Numbers: runs where at least a group of them are equal, packed ones elsewhere. */
  static void put(int[] values, int count, int width, GrowingBytes out) {
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
    int p = 0;
    while (p < count) {
      int run = run(values, p, count);
      if (run >= GROUP) {
        putRun(values[p], run, width, out);
        p += run;
      } else {
        int end = p;
        while (end < count && run(values, end, count) < GROUP) {
          end += GROUP;
        }
        putPacked(values, p, Math.min(end, count), packer, out);
        p = end;
      }
    }
  }

  /** How many equal numbers stand in a row. */
  private static int run(int[] values, int from, int count) {
    int p = from + 1;
    while (p < count && values[p] == values[from]) {
      p++;
    }
    return p - from;
  }

  private static void putPacked(
      int[] values, int from, int end, BytePacker packer, GrowingBytes out) {
    int groups = (end - from + GROUP - 1) / GROUP;
    out.putVarint((long) groups << 1 | 1);
    int width = packer.getBitWidth();
    out.reserve(groups * width);
    for (int g = 0; g < groups; g++) {
      int p = from + g * GROUP;
      if (p + GROUP <= end) {
        packer.pack8Values(values, p, out.array(), out.size());
      } else {
        int[] last = new int[GROUP];
        System.arraycopy(values, p, last, 0, end - p);
        packer.pack8Values(last, 0, out.array(), out.size());
      }
      out.size(out.size() + width);
    }
  }
}
