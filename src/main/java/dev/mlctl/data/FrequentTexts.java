package dev.mlctl.data;

import java.util.Collections;
import java.util.Map;

/**
 * The most frequent of many texts, after Misra and Gries (Finding repeated elements, 1982): a text
 * that finds no room lowers the counts of all that are there. So counts are exact while there are
 * no more than {@value #ROOM} texts; after that, too low by at most 1/{@value #ROOM} of all that
 * were counted, and a text more frequent than that is there.
 */
final class FrequentTexts {
  /** At most this many texts are named. */
  static final int ROOM = 20;

  private FrequentTexts() {}

  /** Counts a text. */
  static void add(Map<String, Long> counts, String text, long times) {
    if (counts.containsKey(text) || counts.size() < ROOM) {
      counts.merge(text, times, Long::sum);
      return;
    }
    long by = Math.min(times, Collections.min(counts.values()));
    counts.replaceAll((name, count) -> count - by);
    counts.values().removeIf(count -> count == 0);
    if (times > by) {
      counts.put(text, times - by);
    }
  }
}
