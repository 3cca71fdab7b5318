package dev.mlctl.score;

import dev.mlctl.data.TextFormat;
import java.io.Serializable;

/**
 * Where a run's results go.
 *
 * @param output the file, or {@code -} for standard output
 * @param deadLetter the file, or empty when there is none
 * @param maxRatio the largest share of rejected rows at which the output is still published
 * @param overwrite whether existing files are replaced
 */
record Publication(
    String output,
    TextFormat format,
    char delimiter,
    String deadLetter,
    TextFormat deadLetterFormat,
    char deadLetterDelimiter,
    double maxRatio,
    boolean overwrite)
    implements Serializable {
  static Publication of(ScoreSpec spec) {
    ScoreSink dead = spec.deadLetter().map(DeadLetter::sink).orElse(null);
    return new Publication(
        spec.sink().path(),
        spec.sink().format(),
        spec.sink().delimiter(),
        dead == null ? "" : dead.path(),
        dead == null ? TextFormat.JSON_LINES : dead.format(),
        dead == null ? ',' : dead.delimiter(),
        spec.deadLetter().map(DeadLetter::maxRatio).orElse(0.0),
        spec.overwrite());
  }

  boolean hasDeadLetter() {
    return !deadLetter.isEmpty();
  }
}
