package dev.mlctl.train;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Signature;
import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * One fit of a spec's algorithm, pre-processing included.
 *
 * @param difference the largest relative difference between the model's answers and the library's
 *     own on the rows it was fitted on
 */
record Fit(Model model, Fitted fitted, double difference) {
  /** Answers may differ by this much, relative to their size if that is above 1. */
  static final double TOLERANCE = 1e-9;

  /** Classes whose probabilities are this near are a tie, which either side may call. */
  private static final double TIE = 1e-12;

  static Fit of(TrainSpec spec, Signature signature, Examples examples, Progress progress) {
    int classes = signature.classes().size();
    Preprocessor preprocessor = Encoder.fit(spec, examples, classes);
    Design design = design(preprocessor, examples, classes);
    progress.at("fitting " + spec.algorithm().key() + " on " + design.rows() + " rows", 0, -1);
    Fitted fitted = fit(spec, design, progress);
    Model model = new Model(signature, preprocessor, fitted.predictor());
    double difference = difference(model, fitted, examples);
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          "the model as data differs from the fitted "
              + spec.algorithm().key()
              + ": "
              + difference);
    }
    return new Fit(model, fitted, difference);
  }

  private static Design design(Preprocessor preprocessor, Examples examples, int classes) {
    double[][] x = inputs(preprocessor, examples);
    boolean allConstant =
        Arrays.stream(x).allMatch(column -> Frames.isConstant(column, examples.rows()));
    if (allConstant) {
      throw Failure.of(FailureKind.INPUT, "every feature has the same value in all training rows")
          .hint("there is nothing to learn from: name other features");
    }
    double[] y =
        classes == 0
            ? examples.numbers()
            : Arrays.stream(examples.labels()).asDoubleStream().toArray();
    return new Design(x, examples.rows(), y, classes);
  }

  private static double[][] inputs(Preprocessor preprocessor, Examples examples) {
    double[][] x = new double[preprocessor.width()][examples.rows()];
    preprocessor.apply(examples.features(), x);
    return x;
  }

  private static Fitted fit(TrainSpec spec, Design design, Progress progress) {
    Params params = new Params(spec.params());
    // Sums over threads are added in another order on another machine.
    openblas.blas_set_num_threads(1);
    try {
      return switch (spec.algorithm()) {
        case OLS, RIDGE, LASSO, ELASTIC_NET -> LinearFit.fit(spec.algorithm(), design, params);
        case LOGISTIC_REGRESSION -> LogisticFit.fit(design, params);
        case DECISION_TREE -> TreeFit.fit(design, params);
        case RANDOM_FOREST -> ForestFit.fit(design, params, spec.seed(), progress);
        case GRADIENT_BOOSTING -> BoostingFit.fit(design, params, spec.seed(), progress);
        case MLP -> MlpFit.fit(design, params, spec.seed(), progress);
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Smile's way to say that these rows cannot be fitted, or the weights became infinite.
      throw Failure.of(
              FailureKind.INPUT,
              "%s cannot be fitted on this data: %s",
              spec.algorithm().key(),
              e.getMessage())
          .hint("try other params, fewer features or another algorithm")
          .causedBy(e);
    }
  }

  /**
   * The largest {@code |ours − theirs| / max(1, |theirs|)} over rows and outputs; infinite when a
   * class differs that is no tie.
   */
  static double difference(Model model, Fitted fitted, Examples examples) {
    double[][] x = inputs(model.preprocessor(), examples);
    var predictions = model.scorer(examples.rows()).score(examples.features());
    double[][] ours = predictions.outputs();
    double[] theirs = new double[ours.length];
    double[] row = new double[x.length];
    double largest = 0;
    for (int r = 0; r < examples.rows(); r++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = x[i][r];
      }
      int label = fitted.reference().predict(row, theirs);
      for (int k = 0; k < theirs.length; k++) {
        double d = Math.abs(ours[k][r] - theirs[k]) / Math.max(1, Math.abs(theirs[k]));
        largest = d <= largest ? largest : d;
      }
      if (label >= 0
          && label != predictions.classes()[r]
          && Math.abs(theirs[label] - theirs[predictions.classes()[r]]) > TIE) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return largest;
  }
}
