package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The codes of known texts, looked up by their UTF-8 bytes without making a String. Immutable and
 * thread-safe.
 */
final class Dictionary {
  private final byte[][] keys;
  private final int[] slots;
  private final int mask;

  /** The code of each text is its index. */
  Dictionary(List<String> texts) {
    this(texts, Set.of());
  }

  /** The code of each text is its index; the texts in {@code without} are not found. */
  Dictionary(List<String> texts, Set<String> without) {
    keys = new byte[texts.size()][];
    mask = Integer.highestOneBit(Math.max(4, texts.size() * 4)) - 1;
    slots = new int[mask + 1];
    Arrays.fill(slots, -1);
    for (int code = 0; code < keys.length; code++) {
      if (without.contains(texts.get(code))) {
        continue;
      }
      keys[code] = texts.get(code).getBytes(StandardCharsets.UTF_8);
      int slot = hash(keys[code], 0, keys[code].length) & mask;
      while (slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code;
    }
  }

  /** The code of the bytes, or {@link FeatureBatch#UNKNOWN}. */
  int code(byte[] bytes, int start, int end) {
    int slot = hash(bytes, start, end) & mask;
    while (slots[slot] >= 0) {
      byte[] key = keys[slots[slot]];
      if (Arrays.equals(key, 0, key.length, bytes, start, end)) {
        return slots[slot];
      }
      slot = (slot + 1) & mask;
    }
    return FeatureBatch.UNKNOWN;
  }

  /** The code of a text. */
  int code(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return code(utf8, 0, utf8.length);
  }

  private static int hash(byte[] bytes, int start, int end) {
    int h = 1;
    for (int i = start; i < end; i++) {
      h = 31 * h + bytes[i];
    }
    return h ^ (h >>> 15);
  }
}
