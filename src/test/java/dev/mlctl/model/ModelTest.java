package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pre-processing, and the model that puts it before a predictor. */
class ModelTest {
  /** Rows: all known; all missing; an unknown colour and size. */
  private static FeatureBatch batch() {
    FeatureBatch batch = new FeatureBatch(ModelFixtures.features(), 5);
    batch.reset(3);
    System.arraycopy(new double[] {3, Double.NaN, -1}, 0, batch.numbers(0), 0, 3);
    System.arraycopy(
        new int[] {2, FeatureBatch.MISSING, FeatureBatch.UNKNOWN}, 0, batch.codes(1), 0, 3);
    System.arraycopy(
        new int[] {1, FeatureBatch.MISSING, FeatureBatch.UNKNOWN}, 0, batch.codes(2), 0, 3);
    System.arraycopy(new double[] {7, Double.NaN, 0}, 0, batch.numbers(3), 0, 3);
    return batch;
  }

  @Test
  void every_step_fills_its_inputs() {
    double[][] inputs = new double[6][5];
    for (double[] input : inputs) {
      Arrays.fill(input, 99);
    }
    Preprocessor preprocessor = ModelFixtures.preprocessor();
    assertEquals(6, preprocessor.width());
    preprocessor.apply(batch(), inputs);
    assertArrayEquals(new double[] {2, 0.625, 0, 99, 99}, inputs[0], "scaled after imputing");
    assertArrayEquals(new double[] {0, 0, 0, 99, 99}, inputs[1]);
    assertArrayEquals(new double[] {0, 0, 1, 99, 99}, inputs[2], "unknown has level 1");
    assertArrayEquals(new double[] {1, 0, 0, 99, 99}, inputs[3], "missing is all zeros");
    assertArrayEquals(new double[] {2, 1, -1, 99, 99}, inputs[4], "levels as numbers");
    assertArrayEquals(new double[] {7, 15_000, 0, 99, 99}, inputs[5]);
  }

  @Test
  void a_scorer_predicts_batch_after_batch() {
    Linear sum = new Linear(new double[][] {{1, 0, 0, 0, 0, 1}}, new double[] {10}, Link.IDENTITY);
    Model model = new Model(ModelFixtures.signature(0), ModelFixtures.preprocessor(), sum);
    Scorer scorer = model.scorer(5);
    FeatureBatch batch = batch();
    Predictions predictions = scorer.score(batch);
    assertEquals(3, predictions.rows());
    assertArrayEquals(new double[] {19, 15_010.625, 10, 0, 0}, predictions.outputs()[0]);
    batch.reset(1);
    batch.numbers(0)[0] = -1;
    predictions = scorer.score(batch);
    assertEquals(1, predictions.rows());
    assertEquals(17, predictions.outputs()[0][0]);
  }

  @Test
  void the_class_is_the_most_probable_one_and_the_first_of_equals() {
    double[][] weights = {{0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};
    Linear linear = new Linear(weights, new double[3], Link.SOFTMAX);
    Model model = new Model(ModelFixtures.signature(3), ModelFixtures.preprocessor(), linear);
    FeatureBatch batch = batch();
    batch.numbers(0)[1] = -9;
    int[] classes = model.scorer(5).score(batch).classes();
    assertArrayEquals(new int[] {1, 0, 0, 0, 0}, classes);
  }

  @Test
  void refuses_parts_that_do_not_fit_together() {
    Linear six = new Linear(new double[1][6], new double[1], Link.IDENTITY);
    Linear five = new Linear(new double[1][5], new double[1], Link.IDENTITY);
    Linear two = new Linear(new double[1][6], new double[1], Link.LOGISTIC);
    Signature signature = ModelFixtures.signature(0);
    Preprocessor steps = ModelFixtures.preprocessor();
    new Model(signature, steps, six);
    assertRefused(() -> new Model(signature, steps, five));
    assertRefused(() -> new Model(signature, steps, two));
    assertRefused(() -> new Model(ModelFixtures.signature(3), steps, six));
    for (int f = 0; f < 4; f++) {
      List<Step> changed = new ArrayList<>(steps.steps());
      changed.remove(f);
      assertRefused(() -> new Model(signature, new Preprocessor(changed), six));
      changed.add(
          f, steps.steps().get(f) instanceof Levels ? Scaling.none(0) : steps.steps().get(1));
      assertRefused(() -> new Model(signature, new Preprocessor(changed), six));
    }
    List<Step> fewer = new ArrayList<>(steps.steps());
    fewer.set(1, new Levels(true, 3, new int[] {0, 1}, 0, 0));
    assertRefused(() -> new Model(signature, new Preprocessor(fewer), six));
  }

  @Test
  void refuses_steps_that_cannot_be_computed() {
    assertRefused(() -> new Scaling(Double.NaN, 0, 1));
    assertRefused(() -> new Scaling(0, Double.POSITIVE_INFINITY, 1));
    assertRefused(() -> new Scaling(0, 0, 0));
    assertRefused(() -> new Scaling(0, 0, -1));
    assertRefused(() -> new Scaling(0, 0, Double.NaN));
    assertRefused(() -> new Scaling(0, 0, Double.POSITIVE_INFINITY));
    assertRefused(() -> new Levels(true, 2, new int[] {2}, 0, 0));
    assertRefused(() -> new Levels(true, 2, new int[] {-2}, 0, 0));
    assertRefused(() -> new Levels(true, 2, new int[] {0}, 2, 0));
    assertRefused(() -> new Levels(true, 2, new int[] {0}, 0, -2));
    assertRefused(() -> new Levels(true, -1, new int[] {}, -1, -1));
    assertRefused(() -> new Levels(true, 4, new int[] {0}, -1, -1));
  }

  @Test
  void a_signature_names_everything_once_and_has_classes_only_to_choose_from() {
    List<Feature> twice = List.of(Feature.number("x"), Feature.number("x"));
    assertRefused(() -> new Signature(Task.REGRESSION, "y", twice, List.of()));
    assertRefused(() -> new Signature(Task.CLASSIFICATION, "y", List.of(), List.of("a", "a")));
    assertRefused(() -> new Signature(Task.CLASSIFICATION, "y", List.of(), List.of("a")));
    assertRefused(() -> new Signature(Task.REGRESSION, "y", List.of(), List.of("a")));
    assertRefused(() -> new Signature(Task.REGRESSION, "y", List.of(), List.of("a", "b")));
  }

  private static void assertRefused(Runnable build) {
    assertThrows(IllegalArgumentException.class, build::run);
  }
}
