package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.model.MultilayerPerceptron.Activation;
import dev.mlctl.model.MultilayerPerceptron.Layer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows through a scorer's blocks, beside the same rows through the predictor alone. */
class ScorerTest {
  private static final int ROWS = 1500;

  /** Numbers and categories of several levels, in an order that breaks runs of numbers. */
  private static Preprocessor preprocessor(int... levels) {
    List<Step> steps = new ArrayList<>();
    for (int count : levels) {
      int[] ofCategory = IntStream.range(0, Math.abs(count)).map(c -> c - 1).toArray();
      steps.add(
          count == 0
              ? new Scaling(0.5, 1, 3)
              : new Levels(count > 0, Math.abs(count), ofCategory, 0, -1));
    }
    return new Preprocessor(steps);
  }

  private static Signature signature(Preprocessor preprocessor) {
    List<Feature> features = new ArrayList<>();
    for (Step step : preprocessor.steps()) {
      String name = "f" + features.size();
      features.add(
          step instanceof Levels levels
              ? Feature.category(
                  name,
                  IntStream.range(0, levels.ofCategory().length).mapToObj(c -> "c" + c).toList())
              : Feature.number(name));
    }
    return new Signature(Task.REGRESSION, "y", features, List.of());
  }

  private static FeatureBatch batch(Signature signature, int rows, Random random) {
    FeatureBatch batch = new FeatureBatch(signature.features(), rows);
    batch.reset(rows);
    for (int f = 0; f < signature.features().size(); f++) {
      int categories = signature.features().get(f).categories().size();
      for (int r = 0; r < rows; r++) {
        if (categories > 0) {
          batch.codes(f)[r] = random.nextInt(categories + 2) - 2;
        } else {
          batch.numbers(f)[r] = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
        }
      }
    }
    return batch;
  }

  static List<Predictor> predictors() {
    Random random = new Random(4);
    int inputs = preprocessor(SOME).width();
    Layer first =
        new Layer(
            ModelFixtures.matrix(random, 9, inputs),
            ModelFixtures.matrix(random, 1, 9)[0],
            Activation.RECTIFIER);
    Layer second = new Layer(ModelFixtures.matrix(random, 1, 9), new double[1], Activation.TANH);
    return List.of(
        new Linear(ModelFixtures.matrix(random, 1, inputs), new double[] {2}, Link.IDENTITY),
        new MultilayerPerceptron(List.of(first, second), Link.IDENTITY, 2, 1),
        trees(random, inputs, 60, 6),
        trees(random, inputs, 3, 12));
  }

  private static final int[] SOME = {0, 3, 0, 0, 0, 0, 0, -4, 7, 1, 0, 300};

  private static TreeEnsemble trees(Random random, int inputs, int trees, int depth) {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    for (int t = 0; t < trees; t++) {
      builder.tree(0);
      ModelFixtures.randomTree(builder, random, depth, inputs, 1);
    }
    return builder.build(inputs, new double[1], 1, Link.IDENTITY);
  }

  @ParameterizedTest
  @MethodSource("predictors")
  void gives_what_the_predictor_gives_for_zeros_and_ones(Predictor predictor) {
    Preprocessor preprocessor = preprocessor(SOME);
    Signature signature = signature(preprocessor);
    FeatureBatch batch = batch(signature, ROWS, new Random(8));
    double[][] dense = new double[preprocessor.width()][ROWS];
    preprocessor.apply(batch, dense);
    double[][] expected = new double[1][ROWS];
    predictor.predict(dense, ROWS, expected);
    Model model = new Model(signature, preprocessor, predictor);
    Predictions predictions = model.scorer(ROWS + 7).score(batch);
    assertEquals(ROWS, predictions.rows());
    for (int r = 0; r < ROWS; r++) {
      assertEquals(expected[0][r], predictions.outputs()[0][r]);
    }
    Scorer again = model.scorer(ROWS);
    again.score(batch(signature, ROWS, new Random(9)));
    double[] second = again.score(batch).outputs()[0];
    assertArrayEquals(expected[0], second, "what a block held before does not matter");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_hundred_thousand_inputs_take_some_tens_of_megabytes(boolean oneHot) {
    int width = 100_000;
    int rows = 4096;
    Preprocessor preprocessor = preprocessor(0, oneHot ? width : -width);
    int inputs = preprocessor.width();
    Random random = new Random(6);
    Signature signature = signature(preprocessor);
    FeatureBatch batch = batch(signature, rows, random);
    for (Predictor predictor :
        List.of(
            new Linear(ModelFixtures.matrix(random, 1, inputs), new double[1], Link.IDENTITY),
            trees(random, inputs, 20, 6),
            trees(random, inputs, 20, 10))) {
      Model model = new Model(signature, preprocessor, predictor);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      Scorer scorer = model.scorer(rows);
      scorer.score(batch);
      long held = threads.getCurrentThreadAllocatedBytes() - before;
      scorer.score(batch);
      long again = threads.getCurrentThreadAllocatedBytes() - before - held;
      assertTrue(held < 100 << 20, predictor.kind() + " took " + held);
      assertTrue(again < 4 << 20, predictor.kind() + " took " + again + " for one more batch");
    }
  }
}
