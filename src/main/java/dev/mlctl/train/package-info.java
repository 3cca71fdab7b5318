/**
 * Training: from a file of rows to a model as data, judged on rows it never saw.
 *
 * <p>Open {@link dev.mlctl.train.Training} first. The straight line is: look at the file, decide
 * what its columns are ({@code Plan}), load them, split, learn the pre-processing ({@code
 * Encoder}), fit ({@code LinearFit}, {@code ForestFit}, …), check, judge, record golden rows and
 * the baseline profile, write the run directory.
 *
 * <p>This is the only room that may use Smile. What Smile fits is turned at once into the model
 * types of the {@code model} room, and nothing of Smile leaves: every fit returns the model as data
 * together with the library's own answer, and training fails if the two differ on a training row.
 * Pre-processing is ours from the start: Smile sees finite numbers only, as a served row will be.
 *
 * <p>The same configuration, data and seed give the same bytes, whatever the number of threads:
 * random numbers are drawn on one thread per tree or fit, results are merged in a fixed order, and
 * OpenBLAS is held to one thread.
 *
 * <p>A new algorithm enters as a constant of {@link dev.mlctl.train.Algorithm}, one fit class and
 * its parameters in {@code TrainKeys}.
 */
package dev.mlctl.train;
