/**
 * Scoring files: from a source through the model to a sink, as an Apache Beam pipeline.
 *
 * <p>Open first: {@link dev.mlctl.score.ScorePipeline}, the whole of it on a screen. From outside,
 * {@link dev.mlctl.score.ScoreSpec} says what to do and {@link dev.mlctl.score.Scoring} does it.
 *
 * <p>The element of the pipeline is a byte range of an input file, cut at records. The worker it
 * lands on reads it itself, scores it in row batches and writes a part of the output, a part of the
 * dead letter and a small result. Rows are never Beam elements: on the direct runner a row as an
 * element costs 33 microseconds, a row in a batch about one. Ranges are cut by one walk over the
 * input before the pipeline starts; that is what makes line numbers exact and a quoted line end
 * harmless, whatever the size of a range.
 *
 * <p>Everything unpublished lives in one hidden {@link dev.mlctl.score.WorkDirectory} beside the
 * output, and what a finished part came to lies there as a file written last. So a run that dies
 * leaves the output as it was, and what it had finished can be told from what it had not.
 *
 * <p>This is the only room that may use Beam, and no class of Beam is loaded before a run begins:
 * reading a score.yaml costs nothing of it. A DoFn holds where the bundle is and its digest; the
 * bundle itself is one per process ({@link dev.mlctl.score.Models}).
 */
package dev.mlctl.score;
