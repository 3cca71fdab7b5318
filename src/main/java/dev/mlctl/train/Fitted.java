package dev.mlctl.train;

import dev.mlctl.model.Predictor;

/**
 * What an algorithm made.
 *
 * @param predictor the model as data
 * @param reference the library's own model, to check the predictor by
 * @param importance how much each input contributes, on any scale; null when that is not known
 */
record Fitted(Predictor predictor, Reference reference, double[] importance) {
  /** The library's own answer. Not thread-safe. */
  interface Reference {
    /**
     * Predicts one row.
     *
     * @param inputs as the predictor takes them
     * @param outputs filled with the outputs
     * @return the class, or −1 for regression
     */
    int predict(double[] inputs, double[] outputs);
  }
}
