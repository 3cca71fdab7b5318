package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.model.MultilayerPerceptron.Activation;
import dev.mlctl.model.MultilayerPerceptron.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Linear models, networks and links against the plainest code for the same formula. */
class PredictorsTest {
  private static final int ROWS = 300;

  @ParameterizedTest
  @CsvSource({"1, IDENTITY", "1, LOGISTIC", "4, SOFTMAX", "3, IDENTITY"})
  void a_linear_model_is_weighted_sums_through_its_link(int scores, Link link) {
    Random random = new Random(1);
    double[][] weights = ModelFixtures.matrix(random, scores, 5);
    double[] intercepts = ModelFixtures.matrix(random, 1, scores)[0];
    Linear linear = new Linear(weights, intercepts, link);
    double[][] x = ModelFixtures.matrix(random, 5, ROWS);
    double[][] scored = new double[scores][ROWS];
    for (int r = 0; r < ROWS; r++) {
      double[] row = layer(weights, intercepts, Activation.LINEAR, row(x, r));
      for (int s = 0; s < scores; s++) {
        scored[s][r] = row[s];
      }
    }
    assertPredicts(linear, x, linked(scored, link));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void a_network_is_layer_after_layer(Activation activation) {
    Random random = new Random(2);
    int[] widths = {3, 9, 2, 1};
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l + 1 < widths.length; l++) {
      layers.add(
          new Layer(
              ModelFixtures.matrix(random, widths[l + 1], widths[l]),
              ModelFixtures.matrix(random, 1, widths[l + 1])[0],
              activation));
    }
    MultilayerPerceptron network = new MultilayerPerceptron(layers, Link.IDENTITY, 3, -2);
    double[][] x = ModelFixtures.matrix(random, 3, ROWS);
    double[][] expected = new double[1][ROWS];
    for (int r = 0; r < ROWS; r++) {
      double[] values = row(x, r);
      for (Layer l : layers) {
        values = layer(l.weights(), l.bias(), l.activation(), values);
      }
      expected[0][r] = values[0] * 3 - 2;
    }
    assertPredicts(network, x, expected);
  }

  @ParameterizedTest
  @CsvSource({"1, LOGISTIC", "3, SOFTMAX"})
  void a_classifying_network_ends_in_its_link(int units, Link link) {
    Random random = new Random(3);
    Layer only =
        new Layer(ModelFixtures.matrix(random, units, 2), new double[units], Activation.LINEAR);
    double[][] x = ModelFixtures.matrix(random, 2, ROWS);
    double[][] scored = new double[units][ROWS];
    for (int r = 0; r < ROWS; r++) {
      double[] values = layer(only.weights(), only.bias(), Activation.LINEAR, row(x, r));
      for (int u = 0; u < units; u++) {
        scored[u][r] = values[u];
      }
    }
    assertPredicts(new MultilayerPerceptron(List.of(only), link, 1, 0), x, linked(scored, link));
  }

  private static double[] row(double[][] x, int r) {
    double[] row = new double[x.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = x[i][r];
    }
    return row;
  }

  private static double[] layer(
      double[][] weights, double[] bias, Activation activation, double[] in) {
    double[] out = bias.clone();
    for (int u = 0; u < out.length; u++) {
      for (int i = 0; i < in.length; i++) {
        out[u] += weights[u][i] * in[i];
      }
      out[u] =
          switch (activation) {
            case LINEAR -> out[u];
            case RECTIFIER -> out[u] > 0 ? out[u] : 0;
            case SIGMOID -> 1 / (1 + Math.exp(-out[u]));
            case TANH -> Math.tanh(out[u]);
          };
    }
    return out;
  }

  private static double[][] linked(double[][] scores, Link link) {
    double[][] out = link == Link.LOGISTIC ? new double[][] {scores[0].clone(), scores[0]} : scores;
    link.apply(out, 0, ROWS);
    return out;
  }

  private static void assertPredicts(Predictor predictor, double[][] x, double[][] expected) {
    assertEquals(expected.length, predictor.outputs());
    assertEquals(x.length, predictor.inputs());
    double[][] out = ModelFixtures.matrix(new Random(9), expected.length, ROWS);
    predictor.predict(x, ROWS, out);
    for (int k = 0; k < expected.length; k++) {
      assertArrayEquals(expected[k], out[k], 1e-12);
    }
  }

  @Test
  void the_hyperbolic_tangent_is_right_to_two_units_in_the_last_place() {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      double x = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 6);
      double exact = StrictMath.tanh(x);
      assertEquals(exact, Tanh.of(x), 2 * Math.ulp(exact), () -> "tanh " + x);
    }
    assertEquals(1, Tanh.of(Double.POSITIVE_INFINITY));
    assertEquals(-1, Tanh.of(-1e300));
    assertEquals(0, Tanh.of(0));
    assertTrue(Double.isNaN(Tanh.of(Double.NaN)));
  }

  @Test
  void links_give_known_probabilities() {
    assertArrayEquals(new double[] {0.25, 0.75}, applied(Link.LOGISTIC, 0, Math.log(3)), 1e-15);
    assertArrayEquals(new double[] {1, 0}, applied(Link.LOGISTIC, 0, -1000));
    assertArrayEquals(new double[] {0, 1}, applied(Link.LOGISTIC, 0, 1000));
    assertArrayEquals(
        new double[] {0.2, 0.8}, applied(Link.SOFTMAX, 1000, 1000 + Math.log(4)), 1e-12);
    assertArrayEquals(new double[] {0.25, 0.75}, applied(Link.NORMALIZE, 1, 3));
    assertArrayEquals(new double[] {-7, 3}, applied(Link.IDENTITY, -7, 3));
    assertEquals(2, Link.LOGISTIC.outputs(1));
    assertEquals(3, Link.SOFTMAX.outputs(3));
  }

  private static double[] applied(Link link, double first, double second) {
    double[][] out = {{first}, {second}};
    link.apply(out, 0, 1);
    return new double[] {out[0][0], out[1][0]};
  }

  @Test
  void refuses_shapes_that_do_not_fit() {
    double[][] good = {{1, 2}};
    double[][] ragged = {{1, 2}, {1}};
    double[] one = {0};
    double[] two = {0, 0};
    double[][] infinite = {{1, Double.POSITIVE_INFINITY}};
    Layer layer = new Layer(good, one, Activation.LINEAR);
    List<Runnable> attempts =
        List.of(
            () -> new Linear(new double[0][], new double[0], Link.IDENTITY),
            () -> new Linear(new double[1][0], one, Link.IDENTITY),
            () -> new Linear(good, two, Link.IDENTITY),
            () -> new Linear(ragged, two, Link.IDENTITY),
            () -> new Linear(infinite, one, Link.IDENTITY),
            () -> new Linear(good, new double[] {Double.NaN}, Link.IDENTITY),
            () -> new Linear(new double[][] {{1}, {2}}, two, Link.LOGISTIC),
            () -> new Layer(ragged, two, Activation.TANH),
            () -> new Layer(new double[0][], new double[0], Activation.TANH),
            () -> new Layer(infinite, one, Activation.TANH),
            () -> new MultilayerPerceptron(List.of(), Link.IDENTITY, 1, 0),
            () -> new MultilayerPerceptron(List.of(layer, layer), Link.IDENTITY, 1, 0),
            () -> new MultilayerPerceptron(List.of(layer), Link.IDENTITY, Double.NaN, 0),
            () ->
                new MultilayerPerceptron(
                    List.of(new Layer(new double[2][1], two, Activation.TANH)),
                    Link.LOGISTIC,
                    1,
                    0));
    for (int i = 0; i < attempts.size(); i++) {
      assertThrows(IllegalArgumentException.class, attempts.get(i)::run, "attempt " + i);
    }
  }

  @Test
  void layers_share_no_array_with_their_callers() {
    double[][] weights = {{1, 2}};
    Layer layer = new Layer(weights, new double[1], Activation.LINEAR);
    weights[0][0] = 9;
    layer.weights()[0][1] = 9;
    layer.bias()[0] = 9;
    assertArrayEquals(new double[] {1, 2}, layer.weights()[0]);
    assertArrayEquals(new double[] {0}, layer.bias());
  }
}
