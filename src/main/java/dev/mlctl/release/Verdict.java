package dev.mlctl.release;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What monitoring came to think of a release.
 *
 * @param release the release's number
 * @param asOf the newest release when it was judged; a later release of the same bundle is a
 *     person's word that it is good after all
 * @param condemned true when it was found critical, false when an earlier verdict is taken back
 * @param why one line
 * @param findings what was critical, worst first, as monitor prints it
 * @param when when, by the clock of whoever judged; empty when the verdict cannot be read
 * @param who who judged
 */
public record Verdict(
    long release,
    long asOf,
    boolean condemned,
    String why,
    List<Map<String, Object>> findings,
    Optional<Instant> when,
    Who who) {
  /** Checks that no part is null and copies the findings. */
  public Verdict {
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(who, "who");
    findings = List.copyOf(findings);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("release", release);
    map.put("as_of", asOf);
    map.put("verdict", word());
    map.put("why", why);
    map.put("findings", findings);
    when.ifPresent(moment -> map.put("when", moment.toString()));
    map.put("who", who.toMap());
    return map;
  }

  String word() {
    return condemned ? "condemned" : "acquitted";
  }
}
