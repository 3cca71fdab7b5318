package dev.mlctl.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counters of groups of rows, of which only the first in the order of their keys are kept; the rest
 * is counted together. Which are kept does not depend on the order of the rows: once a key has been
 * passed over, enough keys before it are known, and never become fewer. Not thread-safe.
 */
final class RowGroups<K extends Comparable<K>> {
  private final Profile shape;
  private final int rate;
  private final int most;
  private final NavigableMap<K, Group> kept = new TreeMap<>();
  private final List<Group> touched = new ArrayList<>();
  private Group rest;
  private Profile evicted;
  private boolean trimmed;

  /** A group, and its rows of the current batch. */
  static final class Group {
    private final RowCounter counter;
    private int[] rows = new int[16];
    private int count;

    private Group(Profile shape, int rate) {
      counter = new RowCounter(shape, rate);
    }
  }

  RowGroups(Profile shape, int rate, int most) {
    this.shape = shape;
    this.rate = rate;
    this.most = most;
  }

  /** Forgets the rows of the last batch; true when groups that were handed out are no more. */
  boolean begin() {
    touched.forEach(group -> group.count = 0);
    touched.clear();
    trimmed = false;
    while (kept.size() > most) {
      Profile last = kept.pollLastEntry().getValue().counter.profile();
      evicted = evicted == null ? last : evicted.merge(last);
      trimmed = true;
    }
    return trimmed;
  }

  /** The group of a key. */
  Group of(K key) {
    Group group = kept.get(key);
    if (group != null) {
      return group;
    } else if (kept.size() >= most && key.compareTo(kept.lastKey()) > 0) {
      return rest();
    }
    group = new Group(shape, rate);
    kept.put(key, group);
    return group;
  }

  /** The group of the rest. */
  Group rest() {
    rest = rest == null ? new Group(shape, rate) : rest;
    return rest;
  }

  /** A group beside the others. */
  Group another() {
    return new Group(shape, rate);
  }

  /** Puts a row into a group. */
  void put(int row, Group group) {
    if (group.count == 0) {
      touched.add(group);
    }
    if (group.count == group.rows.length) {
      group.rows = Arrays.copyOf(group.rows, 4 * group.count);
    }
    group.rows[group.count++] = row;
  }

  /** Does something with each group that has rows in the batch. */
  void each(int batchRows, RowBatch batch, Step step) {
    for (Group group : touched) {
      // One group of all is the common case, and needs no copies of the columns.
      boolean all = touched.size() == 1;
      step.with(
          group.counter,
          all
              ? new RowCounter.Selection(null, batchRows, batch)
              : new RowCounter.Selection(group.rows, group.count, batch));
    }
  }

  /** What to do with the rows of a group. */
  interface Step {
    void with(RowCounter counter, RowCounter.Selection rows);
  }

  /** The profiles of the groups that are kept. */
  NavigableMap<K, Profile> profiles() {
    begin();
    NavigableMap<K, Profile> profiles = new TreeMap<>();
    kept.forEach((key, group) -> profiles.put(key, profile(group)));
    return profiles;
  }

  /** The profile of the rest, or null when there is none. */
  Profile restProfile() {
    begin();
    if (rest == null) {
      return evicted;
    }
    Profile counted = profile(rest);
    return evicted == null ? counted : evicted.merge(counted);
  }

  static Profile profile(Group group) {
    return group.counter.profile();
  }
}
