package dev.mlctl.score;

import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.model.Comparison;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What some rows came to for a challenger. Immutable.
 *
 * @param rejected rows that it could not score, and the champion could
 * @param answered rows that hold its answer
 * @param profile of the rows it scored, for a canary of those it answered
 * @param comparison of its answers with the champion's to all rows that both scored
 */
record ChallengerTally(long rejected, long answered, Profile profile, Comparison comparison) {
  /** Rows that both scored. */
  long rows() {
    return comparison.rows();
  }

  /** Both together; null stands for rows without a challenger. */
  static ChallengerTally sum(ChallengerTally one, ChallengerTally other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new ChallengerTally(
        one.rejected + other.rejected,
        one.answered + other.answered,
        one.profile.merge(other.profile),
        one.comparison.plus(other.comparison));
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows());
    map.put("rejected", rejected);
    map.put("answered", answered);
    map.put("comparison", comparison.toMap());
    map.put("profile", Tally.profileMap(profile));
    return map;
  }

  static ChallengerTally fromMap(Map<?, ?> map) {
    return new ChallengerTally(
        Tally.whole(map, "rejected"),
        Tally.whole(map, "answered"),
        ProfileJson.fromMap((Map<?, ?>) map.get("profile")),
        Comparison.fromMap((Map<?, ?>) map.get("comparison")));
  }
}
