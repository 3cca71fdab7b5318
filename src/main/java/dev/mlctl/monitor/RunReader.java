package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads run records from the newest back, and no further than it is asked to. Only so many are in
 * memory at a time, however long the history; those are read in parallel. Not thread-safe.
 */
final class RunReader implements Iterator<RunReader.Loaded> {
  /** Records read at a time: enough to keep every processor and a slow store busy. */
  private static final int CHUNK = 64;

  private final Records records;
  private final List<String> ids;
  private final Map<String, Optional<ProfileFormat>> formats = new HashMap<>();
  private final Map<String, Profile> shapes = new HashMap<>();
  private final Deque<Loaded> read = new ArrayDeque<>();
  private int left;
  private int chunk = 1;

  /**
   * A run with what passed in it.
   *
   * @param id the run's id
   * @param run without its profile; null when its record is damaged
   * @param profile in the bins of its bundle's baseline; empty when it has none, failed, or the
   *     bundle is gone
   * @param damage what is wrong with the record; null when nothing is
   */
  record Loaded(String id, RunRecord run, Optional<RunProfile> profile, Failure damage) {
    /** Fails when the record is damaged. */
    Loaded required() {
      if (damage != null) {
        throw damage;
      }
      return this;
    }

    private static Loaded damaged(String id, Failure damage) {
      return new Loaded(id, null, Optional.empty(), damage);
    }
  }

  RunReader(Subject subject, Records records) {
    this.records = records;
    this.ids = records.ids();
    this.left = ids.size();
    formats.put(subject.digest(), Optional.of(new ProfileFormat(subject.bundle().baseline())));
    shapes.put(subject.digest(), subject.bundle().baseline());
  }

  @Override
  public boolean hasNext() {
    return !read.isEmpty() || left > 0;
  }

  @Override
  public Loaded next() {
    if (read.isEmpty()) {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      // The newest alone is often all that is wanted.
      int from = Math.max(0, left - chunk);
      List<String> newestFirst = new ArrayList<>(ids.subList(from, left));
      Collections.reverse(newestFirst);
      read.addAll(load(newestFirst));
      left = from;
      chunk = Math.min(CHUNK, 4 * chunk);
    }
    return read.remove();
  }

  /** Runs by their ids, in that order. */
  List<Loaded> load(List<String> wanted) {
    List<Loaded> loaded = wanted.parallelStream().map(this::load).toList();
    for (Loaded one : loaded) {
      if (one.damage() == null) {
        formats.computeIfAbsent(one.run().digest(), this::format);
      }
    }
    return loaded.parallelStream().map(this::withProfile).toList();
  }

  private Loaded load(String id) {
    try {
      return new Loaded(id, RunRecord.from(records.read(id)), Optional.empty(), null);
    } catch (Failure e) {
      if (e.kind() == FailureKind.INVALID) {
        return Loaded.damaged(id, e);
      }
      throw e;
    }
  }

  private Loaded withProfile(Loaded loaded) {
    if (loaded.damage() != null) {
      return loaded;
    }
    try {
      RunRecord run = loaded.run();
      return new Loaded(loaded.id(), run.withoutProfile(), profile(run), null);
    } catch (Failure e) {
      return Loaded.damaged(loaded.id(), e);
    }
  }

  private Optional<RunProfile> profile(RunRecord run) {
    return run.failed() ? Optional.empty() : formats.get(run.digest()).flatMap(run::profile);
  }

  private Optional<ProfileFormat> format(String digest) {
    Optional<Profile> baseline = records.bundle(digest).map(Bundle::baseline);
    baseline.ifPresent(found -> shapes.put(digest, found));
    return baseline.map(ProfileFormat::new);
  }

  /** The baseline of a bundle that a run was read of. */
  Optional<Profile> baseline(String digest) {
    return Optional.ofNullable(shapes.get(digest));
  }

  /** All ids, oldest first. */
  List<String> ids() {
    return ids;
  }
}
