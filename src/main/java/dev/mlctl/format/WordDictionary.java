package dev.mlctl.format;

import java.util.Arrays;

/** The different words of a column, each with the code of its first appearance. Not thread-safe. */
final class WordDictionary {
  private long[] words = new long[64];
  private int[] slots = new int[256];
  private int size;

  WordDictionary() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  /** The word a code stands for. */
  long word(int code) {
    return words[code];
  }

  void clear() {
    size = 0;
    Arrays.fill(slots, -1);
  }

  /** A word's code, which is a new one if it was never there. */
  int code(long word) {
    int slot = hash(word) & (slots.length - 1);
    while (slots[slot] >= 0) {
      if (words[slots[slot]] == word) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (size == words.length) {
      grow();
      return code(word);
    }
    slots[slot] = size;
    words[size] = word;
    return size++;
  }

  private void grow() {
    words = Arrays.copyOf(words, size * 2);
    slots = new int[size * 8];
    Arrays.fill(slots, -1);
    for (int code = 0; code < size; code++) {
      int slot = hash(words[code]) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = code;
    }
  }

  /** Doubles differ in their upper bits, whole numbers in their lower ones. */
  private static int hash(long word) {
    long mixed = word * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
