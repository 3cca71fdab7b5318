package dev.mlctl.release;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a challenger ended.
 *
 * @param outcome what became of it
 * @param release the release that made its bundle current or revoked it, if one did
 * @param reason why, or empty
 */
public record ChallengerFate(
    Outcome outcome, OptionalLong release, String reason, Who who, Instant when) {
  /** What can become of a challenger. */
  public enum Outcome {
    /** Its bundle became the current release's. */
    PROMOTED,
    /** Somebody, or monitor, dropped it. */
    DROPPED,
    /** The same bundle goes on in another way. */
    REPLACED,
    /** Its bundle is never to be used again. */
    REVOKED;

    /** The word that tables and JSON use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that no part is null. */
  public ChallengerFate {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(when, "when");
  }

  static ChallengerFate by(Outcome outcome, ReleaseRecord release) {
    return new ChallengerFate(
        outcome,
        OptionalLong.of(release.number()),
        release.reason(),
        release.who(),
        release.when());
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("outcome", outcome.word());
    release.ifPresent(number -> map.put("release", number));
    map.put("when", when.toString());
    map.put("who", who.toMap());
    map.put("reason", reason);
    return map;
  }
}
