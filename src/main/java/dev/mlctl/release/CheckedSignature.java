package dev.mlctl.release;

import dev.mlctl.release.signing.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signature of a bundle and what it is worth.
 *
 * @param place where it is kept
 * @param verdict what came of checking it against the keys that the policy names
 */
public record CheckedSignature(String place, Verdict verdict) {
  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", place);
    map.put("key", verdict.signer().map(key -> key.id()).orElse(verdict.keyHint()));
    map.put("verified", verdict.trusted());
    verdict.signer().ifPresent(key -> map.put("signer", key.name()));
    if (!verdict.trusted()) {
      map.put("problem", verdict.problem());
    }
    return map;
  }
}
