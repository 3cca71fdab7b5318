package dev.mlctl.score;

import dev.mlctl.model.Comparison;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to for the challenger.
 *
 * @param challenger which it was
 * @param rejected rows that it could not score, and the champion could
 * @param answered rows that hold its answer
 * @param comparison of its answers with the champion's; empty when it was left out
 */
public record ChallengerSummary(
    ScoredChallenger challenger, long rejected, long answered, Optional<Comparison> comparison) {
  static ChallengerSummary of(ScoredChallenger challenger, ChallengerTally tally) {
    return tally == null
        ? new ChallengerSummary(challenger, 0, 0, Optional.empty())
        : new ChallengerSummary(
            challenger, tally.rejected(), tally.answered(), Optional.of(tally.comparison()));
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(challenger.toMap());
    comparison.ifPresent(
        compared -> {
          map.put("rows", compared.rows());
          map.put("rejected", rejected);
          map.put("answered", answered);
          map.put("comparison", compared.toMap());
        });
    return map;
  }
}
