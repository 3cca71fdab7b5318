package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * All that a worker needs to know of a run. It travels in the job graph, so it holds neither the
 * model, only where to get it, nor a secret.
 *
 * @param id of the run
 * @param fingerprint equal for two runs that would write the same bytes
 * @param directory the work directory
 * @param model what messages call it
 * @param digest of the bundle, which lies in the work directory
 * @param shardStarts the first part of each file of an output that is a directory
 * @param profiled whether the rows are counted for monitoring
 * @param release what the column of releases says
 */
record ScoreJob(
    String id,
    String fingerprint,
    String directory,
    String model,
    String digest,
    RowFormat inputFormat,
    CsvOptions csvOptions,
    Set<String> nullValues,
    List<InputFile> files,
    int parts,
    List<Integer> shardStarts,
    OutputLayout layout,
    boolean probabilities,
    boolean profiled,
    boolean withRelease,
    String release,
    Publication publication)
    implements Serializable {
  ScoreJob {
    nullValues = Set.copyOf(nullValues);
    files = List.copyOf(files);
    shardStarts = List.copyOf(shardStarts);
  }

  WorkDirectory workDirectory() {
    return WorkDirectory.at(directory);
  }
}
