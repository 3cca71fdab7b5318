package dev.mlctl.model;

import dev.mlctl.data.FeatureType;
import java.util.Objects;

/**
 * A model: what it takes, what it does first, what it computes. Immutable and thread-safe.
 *
 * @param signature inputs and outputs
 * @param preprocessor one step per feature
 * @param predictor takes the preprocessor's inputs, gives the signature's outputs
 */
public record Model(Signature signature, Preprocessor preprocessor, Predictor predictor) {
  /** Checks that the three fit together. */
  public Model {
    Objects.requireNonNull(signature, "signature");
    Shapes.check(
        preprocessor.steps().size() == signature.features().size(),
        "one pre-processing step per feature");
    for (int f = 0; f < signature.features().size(); f++) {
      checkStep(signature, preprocessor.steps().get(f), f);
    }
    Shapes.check(preprocessor.width() == predictor.inputs(), "inputs of the predictor");
    Shapes.check(signature.outputs() == predictor.outputs(), "outputs of the predictor");
  }

  private static void checkStep(Signature signature, Step step, int f) {
    var feature = signature.features().get(f);
    boolean category = feature.type() == FeatureType.CATEGORY;
    Shapes.check(category == (step instanceof Levels), feature.name() + ": wrong kind of step");
    if (step instanceof Levels levels) {
      Shapes.check(
          levels.ofCategory().length == feature.categories().size(),
          feature.name() + ": one level per category");
    }
  }

  /**
   * A scorer with buffers of its own.
   *
   * @param capacity the most rows a batch will have
   */
  public Scorer scorer(int capacity) {
    return new Scorer(this, capacity);
  }
}
