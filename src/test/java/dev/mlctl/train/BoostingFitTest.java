package dev.mlctl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.math.MathEx;

/** Our loop over the trees makes what Smile's own makes from the same seed. */
class BoostingFitTest {
  private static final int ROWS = 600;

  private final Params params = params();

  @Test
  void makes_the_regression_that_smile_makes() {
    Design design = design(0);
    MathEx.setSeed(9);
    DataFrame data = Frames.of(design);
    var theirs =
        smile.regression.GradientTreeBoost.fit(
            Frames.formula(), data, Loss.ls(), 20, 4, Integer.MAX_VALUE, 5, 0.1, 0.7);
    Fitted ours = BoostingFit.fit(design, params, 9, Progress.NONE);
    double[] out = new double[1];
    for (int r = 0; r < ROWS; r++) {
      ours.reference().predict(design.row(r), out);
      assertEquals(theirs.predict(data.get(r)), out[0]);
    }
  }

  @Test
  void makes_the_classifiers_that_smile_makes() {
    for (int classes = 2; classes <= 3; classes++) {
      Design design = design(classes);
      MathEx.setSeed(9);
      DataFrame data = Frames.of(design);
      var theirs =
          smile.classification.GradientTreeBoost.fit(
              Frames.formula(), data, 20, 4, Integer.MAX_VALUE, 5, 0.1, 0.7);
      Fitted ours = BoostingFit.fit(design, params, 9, Progress.NONE);
      double[] expected = new double[classes];
      double[] out = new double[classes];
      for (int r = 0; r < ROWS; r++) {
        theirs.predict(data.get(r), expected);
        ours.reference().predict(design.row(r), out);
        assertEquals(expected[0], out[0]);
      }
    }
  }

  private static Params params() {
    Map<String, Object> values = new LinkedHashMap<>(Algorithm.GRADIENT_BOOSTING.defaults());
    values.put("trees", 20L);
    values.put("max_depth", 4L);
    return new Params(values);
  }

  private static Design design(int classes) {
    Random random = new Random(1);
    double[][] x = new double[4][ROWS];
    double[] y = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      for (double[] column : x) {
        column[r] = Math.round(random.nextGaussian() * 8) / 8.0;
      }
      y[r] = 3 * x[0][r] - x[1][r] * x[2][r] + 0.3 * random.nextGaussian();
      if (classes > 0) {
        y[r] = y[r] < -1 ? 0 : y[r] < 1 || classes == 2 ? 1 : 2;
      }
    }
    return new Design(x, ROWS, y, classes);
  }
}
