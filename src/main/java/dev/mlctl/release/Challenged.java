package dev.mlctl.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the wish for a challenger, or for none, came to.
 *
 * @param champion the current release
 * @param challenger the challenger that goes on or was dropped; empty when there is none, and when
 *     its bundle is the current one already
 * @param dropped true when none goes on any longer, or would not (dry run)
 * @param changed false when what was wanted was so already and nothing was written
 * @param dryRun true when nothing was written because it was only a trial
 * @param warnings what the user should know, one line each
 */
public record Challenged(
    ReleaseRecord champion,
    Optional<Challenger> challenger,
    boolean dropped,
    boolean changed,
    boolean dryRun,
    List<String> warnings) {
  /** Copies the warnings. */
  public Challenged {
    warnings = List.copyOf(warnings);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("model", champion.model());
    map.put("env", champion.env());
    map.put("release", champion.number());
    challenger.ifPresent(tried -> map.put("challenger", tried.toMap()));
    map.put("dropped", dropped);
    map.put("changed", changed);
    map.put("dry_run", dryRun);
    map.put("warnings", warnings);
    return map;
  }
}
