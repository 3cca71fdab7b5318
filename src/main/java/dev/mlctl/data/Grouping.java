package dev.mlctl.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * By which columns of a row batch the rows are told apart. Immutable.
 *
 * @param time the batch column of the times; −1 for none
 * @param window how long windows are; null when there is no time
 * @param slices the batch columns of slices by their names
 */
public record Grouping(int time, TimeWindow window, Map<String, Integer> slices) {
  /** All rows together. */
  public static final Grouping NONE = new Grouping(-1, null, Map.of());

  /** Checks and copies. */
  public Grouping {
    if ((time < 0) != (window == null)) {
      throw new IllegalArgumentException("a time and a window go together");
    }
    slices = Collections.unmodifiableMap(new LinkedHashMap<>(slices));
  }
}
