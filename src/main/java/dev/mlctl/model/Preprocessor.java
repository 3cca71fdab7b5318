package dev.mlctl.model;

import dev.mlctl.data.FeatureBatch;
import java.util.Arrays;
import java.util.List;

/**
 * From feature values to the inputs of a predictor. Immutable and thread-safe.
 *
 * @param steps one per feature, in the signature's order
 */
public record Preprocessor(List<Step> steps) {
  /** Copies. */
  public Preprocessor {
    steps = List.copyOf(steps);
  }

  /** How many predictor inputs all steps make together. */
  public int width() {
    return steps.stream().mapToInt(Step::width).sum();
  }

  /**
   * Fills the inputs of every row of a batch.
   *
   * @param inputs column-major: {@code inputs[input][row]}, of {@link #width()} columns
   */
  public void apply(FeatureBatch batch, double[][] inputs) {
    int input = 0;
    for (int f = 0; f < steps.size(); f++) {
      Step step = steps.get(f);
      if (step instanceof Scaling scaling) {
        scale(scaling, batch.numbers(f), inputs[input], batch.rows());
      } else if (step instanceof Levels levels) {
        if (levels.oneHot()) {
          oneHot(levels, batch.codes(f), inputs, input, batch.rows());
        } else {
          ordinal(levels, batch.codes(f), inputs[input], batch.rows());
        }
      }
      input += step.width();
    }
  }

  private static void scale(Scaling scaling, double[] values, double[] into, int rows) {
    double imputed = scaling.imputed();
    double mean = scaling.mean();
    double scale = scaling.scale();
    for (int r = 0; r < rows; r++) {
      double v = values[r];
      into[r] = ((Double.isNaN(v) ? imputed : v) - mean) / scale;
    }
  }

  private static void ordinal(Levels levels, int[] codes, double[] into, int rows) {
    for (int r = 0; r < rows; r++) {
      into[r] = levels.of(codes[r]);
    }
  }

  private static void oneHot(Levels levels, int[] codes, double[][] inputs, int first, int rows) {
    for (int level = 0; level < levels.count(); level++) {
      Arrays.fill(inputs[first + level], 0, rows, 0);
    }
    for (int r = 0; r < rows; r++) {
      int level = levels.of(codes[r]);
      if (level >= 0) {
        inputs[first + level][r] = 1;
      }
    }
  }
}
