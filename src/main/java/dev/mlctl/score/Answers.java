package dev.mlctl.score;

import dev.mlctl.model.Predictions;

/**
 * What the rows of a batch are answered with. Valid as long as its batch.
 *
 * @param given the answers that count
 * @param challenger what the challenger predicts; null without one
 * @param usable which rows the challenger has scored; null without one
 * @param byChallenger which rows hold the challenger's answer; null when none can
 */
@SuppressWarnings("ArrayRecordComponent") // they are the scorer's own, reused for each batch
record Answers(
    Predictions given, Predictions challenger, boolean[] usable, boolean[] byChallenger) {
  /** Answers without a challenger. */
  static Answers of(Predictions given) {
    return new Answers(given, null, null, null);
  }

  boolean hasChallenger(int row) {
    return challenger != null && usable[row];
  }

  boolean isByChallenger(int row) {
    return byChallenger != null && byChallenger[row];
  }
}
