/**
 * Rows and what is known about them: features, batches of rows, the readers of text formats and the
 * profile of what passed.
 *
 * <p>Training, scoring and monitoring all see data through this room, so that a value means the
 * same thing in each: one CSV reader, one number grammar, one dictionary look-up. The straight line
 * is {@link dev.mlctl.data.BatchReader} → {@link dev.mlctl.data.RowBatch} (slices of bytes) →
 * {@link dev.mlctl.data.FeatureDecoder} → {@link dev.mlctl.data.FeatureBatch} (columns of numbers
 * and codes).
 *
 * <p>Why slices: most fields of most files are either passed through untouched or parsed once into
 * a number. A row batch therefore keeps the reader's own buffer and two integers per wanted field;
 * no String, no boxed number and no object per row exists on the path of numeric data. Batches are
 * reused by their reader, hence valid only until the next one is asked for.
 *
 * <p>Faults are values here: a row that cannot be used is marked in its batch with a reason and
 * goes on to the dead letter, and is counted. Only a file that cannot be understood at all is a
 * {@link dev.mlctl.error.Failure}.
 *
 * <p>What passed a model is counted by {@link dev.mlctl.data.Profiler} into the bins of the
 * baseline, as a whole, by window of time and by slice ({@link dev.mlctl.data.RunProfile}), and
 * recorded by {@link dev.mlctl.data.ProfileFormat}. Counts are exact and the same however the input
 * was cut; verdicts rest on them alone. Beside them stand sketches, which only tell: a KLL sketch
 * of ranks, HyperLogLog, and Misra and Gries' counters. They are our own because Apache
 * DataSketches' KLL can neither be seeded, so no two records of a run would be alike, nor take a
 * value that stands for several; SketchReferenceTest holds all three to that library and to the
 * errors it states.
 *
 * <p>A new text format enters as a {@link dev.mlctl.data.BatchReader}; nothing else changes.
 */
package dev.mlctl.data;
