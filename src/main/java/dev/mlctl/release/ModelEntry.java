package dev.mlctl.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model in an environment and its current release.
 *
 * @param current the current release's record
 * @param verdict why monitoring condemns it, if it does
 * @param challenger what is tried beside it, if anything is
 */
public record ModelEntry(
    ReleaseRecord current, Optional<Verdict> verdict, Optional<Challenger> challenger) {
  /** {@code bikes@prod}. */
  public String reference() {
    return current.model() + "@" + current.env();
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reference", reference());
    map.put("model", current.model());
    map.put("env", current.env());
    map.put("release", current.number());
    map.put("kind", current.kind().word());
    map.put("digest", current.digest());
    map.put("size", current.size());
    map.put("when", current.when().toString());
    map.put("revoked", current.isRevoked());
    verdict.ifPresent(found -> map.put("condemned", found.toMap()));
    challenger.ifPresent(tried -> map.put("challenger", tried.toMap()));
    return map;
  }
}
