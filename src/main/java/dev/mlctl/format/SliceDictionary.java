package dev.mlctl.format;

import java.util.Arrays;

/** The different values of a column of bytes, each with a code. Not thread-safe. */
final class SliceDictionary {
  private final GrowingBytes bytes = new GrowingBytes();
  private int[] ends = new int[64];
  private int[] slots = new int[256];
  private int size;

  SliceDictionary() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  /** How many bytes its values have together. */
  int byteSize() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.array();
  }

  int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  int end(int code) {
    return ends[code];
  }

  void clear() {
    size = 0;
    bytes.clear();
    Arrays.fill(slots, -1);
  }

  /** A value's code, which is a new one if it was never there. */
  int code(byte[] from, int start, int end) {
    int slot = hash(from, start, end) & (slots.length - 1);
    while (slots[slot] >= 0) {
      int code = slots[slot];
      if (Arrays.equals(bytes.array(), start(code), ends[code], from, start, end)) {
        return code;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (size == ends.length) {
      grow();
      return code(from, start, end);
    }
    slots[slot] = size;
    bytes.put(from, start, end - start);
    ends[size] = bytes.size();
    return size++;
  }

  private void grow() {
    ends = Arrays.copyOf(ends, size * 2);
    slots = new int[size * 8];
    Arrays.fill(slots, -1);
    for (int code = 0; code < size; code++) {
      int slot = hash(bytes.array(), start(code), ends[code]) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = code;
    }
  }

  private static int hash(byte[] bytes, int start, int end) {
    int h = 1;
    for (int p = start; p < end; p++) {
      h = 31 * h + bytes[p];
    }
    return h ^ (h >>> 15);
  }
}
