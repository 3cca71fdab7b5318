/**
 * Scoring files: from a source through the model to a sink, as an Apache Beam pipeline.
 *
 * <p>Open first: {@link dev.mlctl.score.ScorePipeline}, the whole of it on a screen. From outside,
 * {@link dev.mlctl.score.ScoreSpec} says what to do and {@link dev.mlctl.score.Scoring} does it.
 *
 * <p>The element of the pipeline is a byte range of an input file. The worker it lands on reads it
 * itself, scores it in row batches and writes a part of the output, a log of rejected rows and a
 * small result. Rows are never Beam elements: on the direct runner a row as an element costs 33
 * microseconds, a row in a batch about one.
 *
 * <p>Ranges are cut by sizes alone, so nothing is read twice. Where the records of a range start
 * its worker guesses ({@link dev.mlctl.data.RecordBounds}); lines and rejected rows it counts from
 * its own beginning. Adding up the parts in order ({@link dev.mlctl.score.PartChain}) checks each
 * guess against where the part before ended, scores a part again that guessed wrong, and gives
 * every rejected row its true line.
 *
 * <p>Where all workers share this process and the output is one local file, they write to it
 * together, each part at its place ({@link dev.mlctl.score.OrderedOutput}); copying parts into one
 * file cost as much again as writing them. The pipeline's elements then are a few tickets, each of
 * which lets a worker take part after part: with an element for each part, 30 M rows spent as much
 * time on the direct runner's bookkeeping and its compilation as on the rows. Everywhere else each
 * part is a file of its own, and the last step joins or names them. Compressed input cannot be cut:
 * it is one part, read, scored and written in parallel stages ({@link
 * dev.mlctl.score.StagedScorer}).
 *
 * <p>Everything unpublished lives in one hidden {@link dev.mlctl.score.WorkDirectory} beside the
 * output, whose name follows from what would be written. What a finished part came to lies there as
 * a file written last. So a run that dies leaves the output as it was, and the same command goes on
 * from the parts that are finished.
 *
 * <p>What is tried beside the model ({@link dev.mlctl.score.ScoredChallenger}) is pinned with it
 * and sees every batch after it ({@code ChallengerScorer}): it has a decoder, a profile and a
 * comparison of its own, and may not harm the champion. A row that it cannot score is the
 * champion's still, and when the input lacks a column of its, the run goes on without it and says
 * so. A shadow leaves the output as it would be, byte for byte; which rows a canary answers, {@code
 * Canary} tells. The columns {@code challenger_…} are there whenever {@code output.challenger} asks
 * for them, empty where no challenger predicts, so that the form of the output does not depend on
 * the registry.
 *
 * <p>{@link dev.mlctl.score.Planning} tells before a run what it would take on each runner. It
 * scores a sample with the classes that score parts, into memory, and {@link
 * dev.mlctl.score.Workload} works out the rest; every figure that is not measured stands there or
 * in the table of prices.
 *
 * <p>What runs the pipeline is an {@link dev.mlctl.score.Engine}: the direct runner, Flink, Spark
 * or Dataflow. Each has a class path of its own ({@link dev.mlctl.score.RunnerJars}), since theirs
 * together start slowly, clash, and would be sent to the cluster with every job. Where workers are
 * in other processes nothing of a run may depend on this one: paths are absolute and within their
 * reach ({@link dev.mlctl.score.Reach}), the model is read from the registry by its digest, a step
 * that fails leaves word of it in the work directory ({@link dev.mlctl.score.FailureNote}), and the
 * last step keeps the run record ({@link dev.mlctl.score.JobRecord}) and, when the command is gone,
 * cleans up. All of it may be tried again after a worker has died, so each attempt writes files of
 * its own and whoever comes first is not undone. {@link dev.mlctl.score.DryRun} checks a run
 * without starting it.
 *
 * <p>This is the only room that may use Beam, and no class of Beam is loaded before a run begins:
 * reading a score.yaml costs nothing of it, nor does a plan for local files. A DoFn holds where the
 * bundle is and its digest; the bundle itself is one per process ({@link dev.mlctl.score.Models}).
 */
package dev.mlctl.score;
