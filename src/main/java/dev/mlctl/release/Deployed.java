package dev.mlctl.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a deploy or a rollback came to.
 *
 * @param release the release it made, would make (dry run), or found to be there already
 * @param before the release that was current before, or empty for the first
 * @param changed false when what was wanted was so already and nothing was written
 * @param dryRun true when nothing was written because it was only a trial
 * @param warnings what the user should know, one line each
 */
public record Deployed(
    ReleaseRecord release,
    OptionalLong before,
    boolean changed,
    boolean dryRun,
    List<String> warnings) {
  /** Copies the warnings. */
  public Deployed {
    warnings = List.copyOf(warnings);
  }

  /** For JSON: the record's fields and {@code changed}, {@code dry_run}, {@code before}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(release.toMap());
    map.put("changed", changed);
    map.put("dry_run", dryRun);
    before.ifPresent(number -> map.put("before", number));
    map.put("warnings", warnings);
    return map;
  }
}
