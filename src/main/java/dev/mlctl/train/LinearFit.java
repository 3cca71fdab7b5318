package dev.mlctl.train;

import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import java.util.Arrays;
import java.util.stream.IntStream;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.regression.ElasticNet;
import smile.regression.LASSO;
import smile.regression.LinearModel;
import smile.regression.OLS;
import smile.regression.RidgeRegression;

/** Least squares with and without penalties. Constant inputs get the weight 0. */
final class LinearFit {
  private LinearFit() {}

  static Fitted fit(Algorithm algorithm, Design design, Params params) {
    int[] varying =
        IntStream.range(0, design.inputs())
            .filter(i -> !Frames.isConstant(design.x()[i], design.rows()))
            .toArray();
    double[][] columns =
        Arrays.stream(varying).mapToObj(i -> design.x()[i]).toArray(double[][]::new);
    Design used = new Design(columns, design.rows(), design.y(), 0);
    LinearModel model = fit(algorithm, Frames.formula(), Frames.of(used), params);
    boolean interceptFirst = algorithm == Algorithm.OLS;
    double[] fitted = model.coefficients();
    double[] weights = new double[design.inputs()];
    for (int i = 0; i < varying.length; i++) {
      weights[varying[i]] = fitted[interceptFirst ? i + 1 : i];
    }
    double intercept = interceptFirst ? fitted[0] : model.intercept();
    Linear linear = new Linear(new double[][] {weights}, new double[] {intercept}, Link.IDENTITY);
    Fitted.Reference reference =
        (inputs, outputs) -> {
          double[] row = new double[fitted.length];
          int at = 0;
          if (interceptFirst) {
            row[at++] = 1;
          }
          for (int i : varying) {
            row[at++] = inputs[i];
          }
          outputs[0] = model.predict(row);
          return -1;
        };
    return new Fitted(linear, reference, importance(weights, design));
  }

  private static LinearModel fit(
      Algorithm algorithm, Formula formula, DataFrame data, Params params) {
    return switch (algorithm) {
      case OLS -> OLS.fit(formula, data, params.text("method"), false, false);
      case RIDGE -> RidgeRegression.fit(formula, data, params.number("lambda"));
      case LASSO ->
          LASSO.fit(
              formula,
              data,
              params.number("lambda"),
              params.number("tolerance"),
              params.integer("max_iterations"));
      case ELASTIC_NET ->
          ElasticNet.fit(
              formula,
              data,
              params.number("lambda1"),
              params.number("lambda2"),
              params.number("tolerance"),
              params.integer("max_iterations"));
      default -> throw new IllegalArgumentException(algorithm + " is not a least-squares fit");
    };
  }

  /** |weight| times the input's deviation: the change one deviation makes. */
  static double[] importance(double[] weights, Design design) {
    double[] importance = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double mean = Arrays.stream(design.x()[i]).average().orElse(0);
      double squares = Arrays.stream(design.x()[i]).map(v -> (v - mean) * (v - mean)).sum();
      importance[i] = Math.abs(weights[i]) * Math.sqrt(squares / design.rows());
    }
    return importance;
  }
}
