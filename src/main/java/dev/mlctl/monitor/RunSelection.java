package dev.mlctl.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which run records are looked at. */
public sealed interface RunSelection {
  /**
   * The newest runs of the release's bundle.
   *
   * @param count at least 1
   */
  record Last(int count) implements RunSelection {
    /** Checks the count. */
    public Last {
      if (count < 1) {
        throw new IllegalArgumentException("the last " + count + " runs");
      }
    }
  }

  /** Runs that started within a time before now. */
  record Within(Duration age) implements RunSelection {}

  /** Runs that started at an instant or later. */
  record Since(Instant start) implements RunSelection {}

  /**
   * Runs named by their ids.
   *
   * @param ids at least one
   */
  record Named(List<String> ids) implements RunSelection {
    /** Copies and checks. */
    public Named {
      ids = List.copyOf(ids);
      if (ids.isEmpty()) {
        throw new IllegalArgumentException("no run is named");
      }
    }
  }
}
