package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.model.Signature;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a worker needs to know of a run. It travels in the job graph, so it holds neither the
 * model, only where to get it, nor a secret.
 *
 * @param id of the run
 * @param fingerprint equal for two runs that would write the same bytes
 * @param directory the work directory
 * @param model what messages call it
 * @param digest of the bundle
 * @param bundle where the bundle's bytes are
 * @param shardStarts the first part of each file of an output that is a directory
 * @param profiling how the rows are counted for monitoring
 * @param withChallenger whether rows hold what the challenger predicts
 * @param release what the column of releases says
 * @param challenger what is tried beside the model; null when nothing is
 * @param record what the steps write of the run, where workers are not in this process's hands
 */
record ScoreJob(
    String id,
    String fingerprint,
    String directory,
    String model,
    String digest,
    String bundle,
    RowFormat inputFormat,
    CsvOptions csvOptions,
    Set<String> nullValues,
    List<InputFile> files,
    int parts,
    List<Integer> shardStarts,
    OutputLayout layout,
    boolean probabilities,
    Profiling profiling,
    boolean withChallenger,
    boolean withRelease,
    String release,
    Publication publication,
    ChallengerJob challenger,
    JobRecord record)
    implements Serializable {
  ScoreJob {
    nullValues = Set.copyOf(nullValues);
    files = List.copyOf(files);
    shardStarts = List.copyOf(shardStarts);
  }

  /**
   * The job of a run. One that workers of other processes may do names its files by paths that
   * these understand.
   *
   * @param work where it is to be done
   * @param record what it is to write itself, or null
   */
  static ScoreJob of(
      ScoreSpec spec,
      ScoredModel model,
      InputPlan plan,
      String id,
      String fingerprint,
      WorkDirectory work,
      JobRecord record) {
    Signature signature = model.bundle().signature();
    Set<String> needed = new LinkedHashSet<>(signature.featureNames());
    model.rival().ifPresent(rival -> needed.addAll(rival.columns()));
    OutputLayout layout =
        OutputLayout.of(spec, plan.files(), List.copyOf(needed), signature.classes());
    ScoreSink sink = spec.sink();
    boolean far = record != null;
    String directory = far ? work.storage().absolute(work.path()) : work.path();
    Optional<String> bundle = model.home().filter(home -> far).map(ScoredModel.Home::bundle);
    return new ScoreJob(
        id,
        fingerprint,
        directory,
        model.reference(),
        model.hexDigest(),
        bundle
            .map(path -> Storage.of(path).absolute(path))
            .orElseGet(() -> WorkDirectory.at(directory).file(WorkDirectory.BUNDLE)),
        spec.source().format(),
        spec.source().csvOptions(),
        spec.source().nullValues(),
        far ? plan.files().stream().map(InputFile::absolute).toList() : plan.files(),
        plan.units().size(),
        sink.isDirectory() ? OutputShards.starts(plan.units(), sink.shards()) : List.of(),
        layout,
        spec.output().probabilities(),
        spec.profile(),
        spec.output().challenger(),
        spec.output().release(),
        model.label(),
        far ? Publication.of(spec).absolute() : Publication.of(spec),
        ChallengerJob.of(model, far, WorkDirectory.at(directory)),
        record);
  }

  /** Whether the steps must say themselves how the run ends: see {@link JobRecord}. */
  boolean speaksForItself() {
    return record != null;
  }

  WorkDirectory workDirectory() {
    return WorkDirectory.at(directory);
  }
}
