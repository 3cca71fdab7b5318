package dev.mlctl.score;

import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.data.RunProfile;
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
record ChallengerTally(long rejected, long answered, RunProfile profile, Comparison comparison) {
  private static final String BINS = "bins";

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
    // The bins are here, too: where this is read, there need not be a model.
    ProfileFormat format = new ProfileFormat(profile.whole());
    map.put(BINS, ProfileJson.toMap(format.shape()));
    map.put("profile", format.toMap(profile));
    return map;
  }

  /** What a run record keeps of it; the bins are those of the challenger's bundle. */
  Map<String, Object> record() {
    ChallengerTally kept = new ChallengerTally(rejected, answered, profile.shortened(), comparison);
    Map<String, Object> map = kept.toMap();
    map.remove(BINS);
    return map;
  }

  static ChallengerTally fromMap(Map<?, ?> map) {
    return new ChallengerTally(
        Tally.whole(map, "rejected"),
        Tally.whole(map, "answered"),
        new ProfileFormat(ProfileJson.fromMap((Map<?, ?>) map.get(BINS)))
            .fromMap((Map<?, ?>) map.get("profile")),
        Comparison.fromMap((Map<?, ?>) map.get("comparison")));
  }
}
