package dev.mlctl.score;

/**
 * Where rows go that cannot be scored, and how many of them are too many. Immutable.
 *
 * @param sink the file: JSON objects or CSV rows of source, line, reason and record
 * @param maxRatio the largest share of rejected rows, 0 to 1, at which the run still succeeds
 */
public record DeadLetter(ScoreSink sink, double maxRatio) {
  /** Checks the ratio. */
  public DeadLetter {
    if (!(maxRatio >= 0 && maxRatio <= 1)) {
      throw new IllegalArgumentException("max_ratio " + maxRatio);
    }
  }
}
