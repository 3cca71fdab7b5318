package dev.mlctl.model;

import dev.mlctl.data.FeatureBatch;

/**
 * Runs a model over batches with reused buffers. It takes a batch in blocks of rows, so that the
 * inputs of a block stay in the cache and a wide model needs no more memory than a narrow one. Not
 * thread-safe: one per thread.
 */
public final class Scorer {
  /** Values of a block: a megabyte of doubles. */
  private static final int MAX_VALUES = 1 << 17;

  /** Rows of a block however wide: what trees are taken through at once. */
  private static final int MIN_ROWS = BitPlanes.ROWS;

  private final Model model;
  private final int block;
  private final Inputs inputs;
  private final Predictions predictions;

  Scorer(Model model, int capacity) {
    this.model = model;
    Preprocessor preprocessor = model.preprocessor();
    boolean dense = model.predictor() instanceof TreeEnsemble;
    int columns = dense ? preprocessor.width() : preprocessor.steps().size();
    int rows = Math.max(MIN_ROWS, MAX_VALUES / Math.max(1, columns));
    this.block = Math.min(rows, capacity);
    this.inputs = new Inputs(preprocessor, block);
    this.predictions = new Predictions(model.signature(), capacity);
  }

  /**
   * Predicts every row of a batch, rejected ones included (their outputs mean nothing).
   *
   * @return valid until the next call
   */
  public Predictions score(FeatureBatch batch) {
    for (int from = 0; from < batch.rows(); from += block) {
      int rows = Math.min(block, batch.rows() - from);
      model.preprocessor().apply(batch, from, rows, inputs);
      model.predictor().predict(inputs, predictions.outputs(), from);
    }
    predictions.finish(batch.rows());
    return predictions;
  }
}
