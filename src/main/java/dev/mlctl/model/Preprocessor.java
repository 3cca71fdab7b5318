package dev.mlctl.model;

import dev.mlctl.data.FeatureBatch;
import java.util.List;

/**
 * From feature values to the inputs of a predictor. Immutable and thread-safe.
 *
 * @param steps one per feature, in the signature's order
 */
public record Preprocessor(List<Step> steps) {
  private static final int BLOCK = 1024;

  /** Copies. */
  public Preprocessor {
    steps = List.copyOf(steps);
  }

  /** How many predictor inputs all steps make together. */
  public int width() {
    return steps.stream().mapToInt(Step::width).sum();
  }

  /**
   * The inputs of every row of a batch.
   *
   * @param inputs column-major: {@code inputs[input][row]}, of {@link #width()} columns
   */
  public void apply(FeatureBatch batch, double[][] inputs) {
    Inputs block = new Inputs(this, Math.min(BLOCK, batch.rows()));
    for (int from = 0; from < batch.rows(); from += BLOCK) {
      int rows = Math.min(BLOCK, batch.rows() - from);
      apply(batch, from, rows, block);
      double[][] dense = block.dense();
      for (int i = 0; i < inputs.length; i++) {
        System.arraycopy(dense[i], 0, inputs[i], from, rows);
      }
    }
  }

  /** Fills a block with rows of a batch from {@code from} on. */
  void apply(FeatureBatch batch, int from, int rows, Inputs into) {
    for (int f = 0; f < steps.size(); f++) {
      Step step = steps.get(f);
      if (step instanceof Scaling scaling) {
        scale(scaling, batch.numbers(f), from, into.numbers(f), rows);
      } else if (step instanceof Levels levels) {
        if (levels.oneHot()) {
          oneHot(levels, batch.codes(f), from, into, f, rows);
        } else {
          ordinal(levels, batch.codes(f), from, into.numbers(f), rows);
        }
      }
    }
    into.fill(rows);
  }

  private static void scale(Scaling scaling, double[] values, int from, double[] into, int rows) {
    double imputed = scaling.imputed();
    for (int r = 0; r < rows; r++) {
      double v = values[from + r];
      into[r] = Double.isNaN(v) ? imputed : v;
    }
    double mean = scaling.mean();
    double scale = scaling.scale();
    if (mean == 0 && scale == 1) {
      return;
    }
    // A loop of its own, because the one above cannot be made of vector instructions.
    for (int r = 0; r < rows; r++) {
      into[r] = (into[r] - mean) / scale;
    }
  }

  private static void ordinal(Levels levels, int[] codes, int from, double[] into, int rows) {
    for (int r = 0; r < rows; r++) {
      into[r] = levels.of(codes[from + r]);
    }
  }

  private static void oneHot(
      Levels levels, int[] codes, int from, Inputs into, int column, int rows) {
    int first = into.first(column);
    int[] ones = into.ones(column);
    for (int r = 0; r < rows; r++) {
      int level = levels.of(codes[from + r]);
      ones[r] = level < 0 ? into.width() : first + level;
    }
  }
}
