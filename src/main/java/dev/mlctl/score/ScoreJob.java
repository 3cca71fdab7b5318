package dev.mlctl.score;

import dev.mlctl.data.TextFormat;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * All that a worker needs to know of a run. It travels in the job graph, so it holds neither the
 * model, only where to get it, nor a secret.
 *
 * @param id of the run
 * @param directory the work directory
 * @param digest of the bundle, which lies in the work directory
 * @param release what the column of releases says
 */
record ScoreJob(
    String id,
    String directory,
    String digest,
    TextFormat inputFormat,
    char inputDelimiter,
    Set<String> nullValues,
    List<InputFile> files,
    int parts,
    OutputLayout layout,
    boolean probabilities,
    boolean withRelease,
    String release,
    Publication publication)
    implements Serializable {
  ScoreJob {
    nullValues = Set.copyOf(nullValues);
    files = List.copyOf(files);
  }

  WorkDirectory workDirectory() {
    return WorkDirectory.at(directory);
  }
}
