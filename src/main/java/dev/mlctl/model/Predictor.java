package dev.mlctl.model;

/** A fitted function from inputs to outputs, over columns. Immutable and thread-safe. */
public sealed interface Predictor permits Linear, TreeEnsemble, MultilayerPerceptron {
  /** How many input columns it takes. */
  int inputs();

  /** How many output columns it gives. */
  int outputs();

  /**
   * Predicts every row of a block. Nothing is allocated per row.
   *
   * @param x finite inputs
   * @param out column-major {@code out[output][at + row]}, overwritten
   * @param at where the block's first row goes in each output
   */
  void predict(Inputs x, double[][] out, int at);

  /**
   * Predicts every row.
   *
   * @param x column-major {@code x[input][row]}, finite
   * @param rows how many rows are filled
   * @param out column-major {@code out[output][row]}, overwritten
   */
  default void predict(double[][] x, int rows, double[][] out) {
    predict(Inputs.of(x, rows), out, 0);
  }

  /** The kind of model in a word or two, for people. */
  String kind();
}
