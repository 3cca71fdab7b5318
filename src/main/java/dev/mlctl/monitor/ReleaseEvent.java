package dev.mlctl.monitor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something that happened to the releases of a model.
 *
 * @param at when
 * @param release the release's number; for what is no release, the one in use then
 * @param kind {@code deploy}, {@code rollback}, {@code revoke}, or what happened to a challenger
 * @param digest of the bundle, 64 hexadecimal digits
 * @param reason why, or empty
 */
public record ReleaseEvent(Instant at, long release, String kind, String digest, String reason) {
  private static final Set<String> RELEASES = Set.of("deploy", "rollback", "revoke");

  /** Checks that no part is null. */
  public ReleaseEvent {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(reason, "reason");
  }

  /** Whether it made or kept a bundle the one in use, and is nothing of a challenger's. */
  boolean isRelease() {
    return RELEASES.contains(kind);
  }

  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", at.toString());
    map.put("release", release);
    map.put("kind", kind);
    map.put("digest", "sha256:" + digest);
    map.put("reason", reason);
    return map;
  }
}
