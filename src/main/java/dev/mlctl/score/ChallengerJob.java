package dev.mlctl.score;

import java.io.Serializable;

/**
 * All that a worker needs to know of a challenger.
 *
 * @param label what rows call it
 * @param digest of the bundle
 * @param bundle where the bundle's bytes are
 * @param share of the rows that it answers; 0 for a shadow
 * @param key the column that says which rows these are; empty for the whole record
 */
record ChallengerJob(String label, String digest, String bundle, double share, String key)
    implements Serializable {
  /** The challenger of a model, if it has one that takes part; else null. */
  static ChallengerJob of(ScoredModel model, boolean far, WorkDirectory work) {
    return model
        .rival()
        .map(
            rival ->
                new ChallengerJob(
                    rival.label(),
                    rival.hexDigest(),
                    rival
                        .place()
                        .filter(place -> far)
                        .map(place -> Storage.of(place).absolute(place))
                        .orElseGet(() -> work.file(WorkDirectory.CHALLENGER)),
                    rival.share(),
                    rival.key().orElse("")))
        .orElse(null);
  }

  boolean isCanary() {
    return share > 0;
  }
}
