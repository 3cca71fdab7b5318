package dev.mlctl.model;

import dev.mlctl.data.FeatureBatch;

/** Runs a model over batches with reused buffers. Not thread-safe: one per thread. */
public final class Scorer {
  private final Model model;
  private final double[][] inputs;
  private final Predictions predictions;

  Scorer(Model model, int capacity) {
    this.model = model;
    this.inputs = new double[model.preprocessor().width()][capacity];
    this.predictions = new Predictions(model.signature(), capacity);
  }

  /**
   * Predicts every row of a batch, rejected ones included (their outputs mean nothing).
   *
   * @return valid until the next call
   */
  public Predictions score(FeatureBatch batch) {
    model.preprocessor().apply(batch, inputs);
    model.predictor().predict(inputs, batch.rows(), predictions.outputs());
    predictions.finish(batch.rows());
    return predictions;
  }
}
