package dev.mlctl.train;

import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import java.util.Arrays;
import smile.classification.LogisticRegression;

/** Binary and multinomial logistic regression. */
final class LogisticFit {
  private LogisticFit() {}

  static Fitted fit(Design design, Params params) {
    double[][] rows = design.rowMajor();
    int[] labels = design.labels();
    double lambda = params.number("lambda");
    double tolerance = params.number("tolerance");
    int iterations = params.integer("max_iterations");
    // One thread: the order in which Smile adds partial sums depends on how many there are.
    LogisticRegression model =
        Pools.single(() -> LogisticRegression.fit(rows, labels, lambda, tolerance, iterations));
    int inputs = design.inputs();
    double[][] weights;
    double[] intercepts;
    Link link;
    if (model instanceof LogisticRegression.Binomial binomial) {
      double[] w = binomial.coefficients();
      weights = new double[][] {Arrays.copyOf(w, inputs)};
      intercepts = new double[] {w[inputs]};
      link = Link.LOGISTIC;
    } else {
      double[][] w = ((LogisticRegression.Multinomial) model).coefficients();
      weights = new double[design.classes()][inputs];
      intercepts = new double[design.classes()];
      for (int k = 0; k < w.length; k++) {
        weights[k] = Arrays.copyOf(w[k], inputs);
        intercepts[k] = w[k][inputs];
      }
      link = Link.SOFTMAX;
    }
    Linear linear = new Linear(weights, intercepts, link);
    return new Fitted(linear, model::predict, importance(weights, design));
  }

  private static double[] importance(double[][] weights, Design design) {
    double[] sum = new double[design.inputs()];
    for (double[] row : weights) {
      double[] one = LinearFit.importance(row, design);
      Arrays.setAll(sum, i -> sum[i] + one[i]);
    }
    return sum;
  }
}
