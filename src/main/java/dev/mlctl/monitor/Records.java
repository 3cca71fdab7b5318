package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a model in an environment, as monitoring reads it: run records, the bundles that
 * made them, and the log of releases. Implementations are thread-safe: records are read in
 * parallel.
 */
public interface Records {
  /** The ids of all runs in the order they started, oldest first. */
  List<String> ids();

  /**
   * A run record as JSON gives it.
   *
   * @param id one of {@link #ids}
   */
  Map<String, Object> read(String id);

  /**
   * A bundle that runs were scored with.
   *
   * @param digest 64 hexadecimal digits
   * @return empty when it is gone, or may not be used any more
   */
  Optional<Bundle> bundle(String digest);

  /** What happened to the releases and what was tried beside them, oldest first. */
  List<ReleaseEvent> events();

  /** Run records alone, in any order. */
  static Records of(List<Map<String, Object>> runs) {
    Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
    List<RunRecord> sorted = new ArrayList<>(runs.stream().map(RunRecord::from).toList());
    sorted.sort(Comparator.comparing(RunRecord::started).thenComparing(RunRecord::id));
    sorted.forEach(run -> byId.put(run.id(), Map.of()));
    runs.forEach(run -> byId.put((String) run.get("id"), run));
    return new Records() {
      @Override
      public List<String> ids() {
        return List.copyOf(byId.keySet());
      }

      @Override
      public Map<String, Object> read(String id) {
        return byId.get(id);
      }

      @Override
      public Optional<Bundle> bundle(String digest) {
        return Optional.empty();
      }

      @Override
      public List<ReleaseEvent> events() {
        return List.of();
      }
    };
  }

  /** Since when a bundle is the one in use; empty when another is, or the log does not tell. */
  default Optional<Instant> inUseSince(String digest) {
    List<ReleaseEvent> log = releases();
    Optional<Instant> since = Optional.empty();
    for (int e = log.size() - 1; e >= 0 && log.get(e).digest().equals(digest); e--) {
      since = Optional.of(log.get(e).at());
    }
    return since;
  }

  /** Whether the log says that another bundle is in use. */
  default boolean isReplaced(String digest) {
    List<ReleaseEvent> log = releases();
    return !log.isEmpty() && !log.get(log.size() - 1).digest().equals(digest);
  }

  private List<ReleaseEvent> releases() {
    return events().stream().filter(ReleaseEvent::isRelease).toList();
  }

  /** When a bundle first became a release; empty when the log does not tell. */
  default Optional<Instant> released(String digest) {
    return events().stream()
        .filter(event -> event.digest().equals(digest))
        .map(ReleaseEvent::at)
        .findFirst();
  }
}
