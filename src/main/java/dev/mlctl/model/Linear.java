package dev.mlctl.model;

import java.util.Arrays;

/** Weighted sums of the inputs, through a link: least squares and logistic regression. */
public final class Linear implements Predictor {
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
    this.weights = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    this.intercepts = intercepts.clone();
    this.link = link;
  }

  @Override
  public int inputs() {
    return weights[0].length;
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
    return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
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
  public void predict(double[][] x, int rows, double[][] out) {
    for (int s = 0; s < weights.length; s++) {
      double[] score = link == Link.LOGISTIC ? out[1] : out[s];
      Arrays.fill(score, 0, rows, intercepts[s]);
      for (int i = 0; i < weights[s].length; i++) {
        double weight = weights[s][i];
        double[] column = x[i];
        for (int r = 0; r < rows; r++) {
          score[r] += weight * column[r];
        }
      }
    }
    link.apply(out, rows);
  }
}
