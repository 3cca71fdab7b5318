package dev.mlctl.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What passed through a model in a run: as a whole, by window of time and by slice. Immutable.
 *
 * <p>Rows are in one window each, or beside all windows, so these add up to the whole; and so do
 * the slices of each column. Counts do not depend on how a run was cut into parts or in what order
 * these were merged: where there are more windows than can be kept, the newest are; where a column
 * has more values, those whose hash is the lowest until the run ends, and of these the most
 * frequent.
 *
 * @param whole all rows
 * @param window how long the windows are; empty when there are none
 * @param windows by their start
 * @param beside the rows of no window, by {@link #UNKNOWN} and {@link #EARLIER}; where there is no
 *     such row, no profile
 * @param slices by column and value
 */
public record RunProfile(
    Profile whole,
    String window,
    SortedMap<Instant, Profile> windows,
    SortedMap<String, Profile> beside,
    SortedMap<Slice, Profile> slices) {
  /** Rows whose time is missing or cannot be read. */
  public static final String UNKNOWN = "unknown";

  /** Rows of windows before those that are kept. */
  public static final String EARLIER = "earlier";

  /** No more slices of a column than this are told apart in a record. */
  public static final int SLICES = 50;

  /** No more columns than this are counted in all windows, or all slices of a column, together. */
  private static final int COLUMNS = 12_000;

  private static final int MOST_WINDOWS = 400;
  private static final int FEWEST_WINDOWS = 10;
  private static final int MOST_HELD = 200;

  /** Copies. */
  public RunProfile {
    Objects.requireNonNull(whole, "whole");
    Objects.requireNonNull(window, "window");
    windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
    beside = Collections.unmodifiableSortedMap(new TreeMap<>(beside));
    slices = Collections.unmodifiableSortedMap(new TreeMap<>(slices));
  }

  /** A run's profile without windows and slices. */
  public static RunProfile of(Profile whole) {
    return new RunProfile(whole, "", new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** How many windows are kept of a profile of so many columns: 400, fewer above 50 columns. */
  static int mostWindows(int columns) {
    return Math.max(FEWEST_WINDOWS, Math.min(MOST_WINDOWS, COLUMNS / Math.max(1, columns)));
  }

  /** How many slices of a column are counted until it is known which are the most frequent. */
  static int mostHeld(int columns) {
    return Math.max(SLICES, Math.min(MOST_HELD, COLUMNS / Math.max(1, columns)));
  }

  /** How many rows it covers. */
  public long rows() {
    return whole.rows();
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException when the columns or the windows differ
   */
  public RunProfile merge(RunProfile other) {
    if (!window.equals(other.window)) {
      throw new IllegalArgumentException("profiles with different windows");
    }
    SortedMap<Instant, Profile> byTime = merged(windows, other.windows);
    SortedMap<String, Profile> odd = merged(beside, other.beside);
    while (byTime.size() > mostWindows(whole.columns())) {
      odd.merge(EARLIER, byTime.remove(byTime.firstKey()), Profile::merge);
    }
    SortedMap<Slice, Profile> held = merged(slices, other.slices);
    drop(held, mostHeld(whole.columns()), HashedText.ORDER);
    return new RunProfile(whole.merge(other.whole), window, byTime, odd, held);
  }

  /** The same with no more than {@link #SLICES} of each column, those with the most rows. */
  public RunProfile shortened() {
    SortedMap<Slice, Profile> kept = new TreeMap<>(slices);
    Comparator<Slice> byRows = Comparator.comparing(slice -> -slices.get(slice).rows());
    drop(kept, SLICES, byRows.thenComparing(Comparator.naturalOrder()));
    return new RunProfile(whole, window, windows, beside, kept);
  }

  private static <K> SortedMap<K, Profile> merged(
      SortedMap<K, Profile> one, SortedMap<K, Profile> other) {
    SortedMap<K, Profile> sum = new TreeMap<>(one);
    other.forEach((key, profile) -> sum.merge(key, profile, Profile::merge));
    return sum;
  }

  /** Moves what comes last in an order to the others of its column, until few enough are left. */
  private static void drop(SortedMap<Slice, Profile> slices, int most, Comparator<Slice> order) {
    Map<String, List<Slice>> byColumn = new HashMap<>();
    for (Slice slice : slices.keySet()) {
      if (!slice.isOther()) {
        byColumn.computeIfAbsent(slice.column(), column -> new ArrayList<>()).add(slice);
      }
    }
    for (List<Slice> values : byColumn.values()) {
      values.sort(order);
      for (Slice slice : values.subList(Math.min(most, values.size()), values.size())) {
        slices.merge(Slice.other(slice.column()), slices.remove(slice), Profile::merge);
      }
    }
  }
}
