package dev.mlctl.score;

import dev.mlctl.data.Grouping;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.TimeWindow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the rows scored are counted for monitoring. It travels in the job graph. Immutable.
 *
 * @param on whether they are counted at all
 * @param time the input column that holds a row's time; empty for no windows
 * @param window how long the windows are; null when there is no time
 * @param slices the input columns whose values are told apart
 */
public record Profiling(boolean on, String time, TimeWindow window, List<String> slices)
    implements Serializable {
  /** All rows together. */
  public static final Profiling ON = new Profiling(true, "", null, List.of());

  /** Not at all. */
  public static final Profiling OFF = new Profiling(false, "", null, List.of());

  /** At most so many columns are sliced: each costs as much as the whole profile. */
  static final int MOST_SLICED = 8;

  private static final int FEW_PARTS = 4;

  /** Checks and copies. */
  public Profiling {
    slices = List.copyOf(slices);
    if (time.isEmpty() != (window == null) || slices.size() > MOST_SLICED) {
      throw new IllegalArgumentException("not a way to count rows");
    }
  }

  /** The input columns it needs. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(slices);
    if (!time.isEmpty()) {
      columns.add(time);
    }
    return columns;
  }

  /**
   * What counts the rows of a part.
   *
   * @param wanted the columns of its batches
   * @param parts how many there are in all
   */
  Profiler profiler(Profile baseline, List<String> wanted, int parts) {
    Map<String, Integer> sliced = new LinkedHashMap<>();
    slices.forEach(name -> sliced.put(name, wanted.indexOf(name)));
    int rate = parts <= FEW_PARTS ? Profiler.SMALL_INPUT : Profiler.LARGE_INPUT;
    return new Profiler(baseline, new Grouping(wanted.indexOf(time), window, sliced), rate);
  }
}
