package dev.mlctl.release;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a writer left in a store when it was killed before its object had a name. Readers never look
 * at it.
 *
 * @param place where a person finds it
 * @param since when it was last written to, by the store's clock
 * @param size in bytes
 */
public record Leftover(String place, Instant since, long size) {
  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("place", place);
    map.put("since", since.toString());
    map.put("size", size);
    return map;
  }
}
