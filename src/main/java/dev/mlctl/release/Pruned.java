package dev.mlctl.release;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a prune did, or would do.
 *
 * @param dryRun true when nothing was changed because it was only a trial
 * @param grace how long a bundle stays condemned before it is deleted
 * @param kept how many bundles releases refer to
 * @param bundles those no release refers to, by digest
 * @param leftovers what killed writers left and is older than the grace period; deleted
 * @param warnings what the user should know, one line each
 */
public record Pruned(
    boolean dryRun,
    Duration grace,
    int kept,
    List<Unused> bundles,
    List<Leftover> leftovers,
    List<String> warnings) {
  /** What was done about a bundle that no release refers to. */
  public enum Outcome {
    /** It was found to be unused, for the first time or anew. */
    CONDEMNED,
    /** It was condemned before, less than the grace period ago. */
    WAITING,
    /** It is gone. */
    DELETED,
    /** It was left alone: its fate changed under our hands, or the storage did not answer. */
    LEFT;

    /** The word that tables and JSON use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A bundle that no release refers to.
   *
   * @param digest its digest
   * @param size in bytes
   * @param outcome what was done about it
   * @param due when it may be deleted, or was
   */
  public record Unused(String digest, long size, Outcome outcome, Instant due) {
    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("digest", digest);
      map.put("size", size);
      map.put("outcome", outcome.word());
      map.put("due", due.toString());
      return map;
    }
  }

  /** Copies the lists. */
  public Pruned {
    bundles = List.copyOf(bundles);
    leftovers = List.copyOf(leftovers);
    warnings = List.copyOf(warnings);
  }

  /** How many bundles came to an outcome. */
  public long count(Outcome outcome) {
    return bundles.stream().filter(bundle -> bundle.outcome() == outcome).count();
  }

  /** The bytes of the bundles that came to an outcome. */
  public long bytes(Outcome outcome) {
    return bundles.stream()
        .filter(bundle -> bundle.outcome() == outcome)
        .mapToLong(Unused::size)
        .sum();
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("dry_run", dryRun);
    map.put("grace", grace.toString());
    map.put("kept", kept);
    map.put("bundles", bundles.stream().map(Unused::toMap).toList());
    map.put("leftovers", leftovers.stream().map(Leftover::toMap).toList());
    map.put("warnings", warnings);
    return map;
  }
}
