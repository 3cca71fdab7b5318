package dev.mlctl.model;

import java.util.Arrays;

/** Weighted sums of the inputs, through a link: least squares and logistic regression. */
public final class Linear implements Predictor {
  private final int inputs;

  /** Padded. */
  private final double[][] weights;

  private final double[] intercepts;
  private final Link link;

  /**
   * A linear model.
   *
   * @param weights {@code weights[score][input]}, rectangular and finite
   * @param intercepts one per score
   */
  public Linear(double[][] weights, double[] intercepts, Link link) {
    Shapes.check(weights.length > 0 && weights.length == intercepts.length, "scores");
    Shapes.check(link != Link.LOGISTIC || weights.length == 1, "a logistic link takes one score");
    Shapes.check(weights[0].length > 0, "no inputs");
    for (double[] row : weights) {
      Shapes.check(row.length == weights[0].length, "weights are not rectangular");
      Shapes.finite(row, "weights");
    }
    Shapes.finite(intercepts, "intercepts");
    this.inputs = weights[0].length;
    this.weights = WeightedSums.padded(weights);
    this.intercepts = intercepts.clone();
    this.link = link;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return link.outputs(weights.length);
  }

  @Override
  public String kind() {
    return "linear";
  }

  /** {@code weights[score][input]}, a copy. */
  public double[][] weights() {
    return WeightedSums.unpadded(weights);
  }

  /** One per score, a copy. */
  public double[] intercepts() {
    return intercepts.clone();
  }

  /** How scores become outputs. */
  public Link link() {
    return link;
  }

  @Override
  public void predict(Inputs x, double[][] out, int at) {
    int rows = x.rows();
    double[][] scores = link.scores(out);
    double[] sums = new double[rows];
    for (int s = 0; s < weights.length; s++) {
      Arrays.fill(sums, intercepts[s]);
      WeightedSums.add(x, weights[s], sums);
      System.arraycopy(sums, 0, scores[s], at, rows);
    }
    link.apply(out, at, at + rows);
  }
}
