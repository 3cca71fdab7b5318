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
 * <p>A new text format enters as a {@link dev.mlctl.data.BatchReader}; nothing else changes.
 */
package dev.mlctl.data;
