package dev.mlctl.model;

import java.util.Arrays;
import java.util.List;

/** A feed-forward network of dense layers. For regression the output is rescaled at the end. */
public final class MultilayerPerceptron implements Predictor {
  /** What a layer applies to its weighted sums. */
  public enum Activation {
    /** x. */
    LINEAR,
    /** max(0, x). */
    RECTIFIER,
    /** 1 / (1 + exp(−x)). */
    SIGMOID,
    /** tanh x. */
    TANH
  }

  /**
   * A dense layer, {@code activation(weights · x + bias)}.
   *
   * @param weights {@code weights[unit][input]}, rectangular and finite
   * @param bias one per unit
   */
  public record Layer(double[][] weights, double[] bias, Activation activation) {
    /** Checks and copies. */
    public Layer {
      Shapes.check(weights.length > 0 && weights.length == bias.length, "units of a layer");
      Shapes.check(weights[0].length > 0, "a layer without inputs");
      for (double[] row : weights) {
        Shapes.check(row.length == weights[0].length, "weights are not rectangular");
        Shapes.finite(row, "weights");
      }
      Shapes.finite(bias, "biases");
      weights = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
      bias = bias.clone();
    }

    /** {@code weights[unit][input]}, a copy. */
    @Override
    public double[][] weights() {
      return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    }

    /** One per unit, a copy. */
    @Override
    public double[] bias() {
      return bias.clone();
    }

    int inputs() {
      return weights[0].length;
    }

    int units() {
      return weights.length;
    }
  }

  /** Rows pushed through all layers at a time. */
  private static final int BLOCK = 128;

  private final List<Layer> layers;
  private final Link link;
  private final double outputScale;
  private final double outputOffset;

  /**
   * A network.
   *
   * @param layers at least one, each taking as many inputs as the one before has units
   * @param outputScale what the outputs are multiplied by after the link; 1 for a classifier
   * @param outputOffset what is then added; 0 for a classifier
   */
  public MultilayerPerceptron(
      List<Layer> layers, Link link, double outputScale, double outputOffset) {
    Shapes.check(!layers.isEmpty(), "a network without layers");
    for (int i = 1; i < layers.size(); i++) {
      Shapes.check(layers.get(i).inputs() == layers.get(i - 1).units(), "layers do not fit");
    }
    Shapes.check(
        link != Link.LOGISTIC || layers.get(layers.size() - 1).units() == 1,
        "a logistic link takes one score");
    Shapes.finite(new double[] {outputScale, outputOffset}, "output scale and offset");
    this.layers = List.copyOf(layers);
    this.link = link;
    this.outputScale = outputScale;
    this.outputOffset = outputOffset;
  }

  @Override
  public int inputs() {
    return layers.get(0).inputs();
  }

  @Override
  public int outputs() {
    return link.outputs(layers.get(layers.size() - 1).units());
  }

  @Override
  public String kind() {
    return "multilayer perceptron";
  }

  /** The layers, input side first. */
  public List<Layer> layers() {
    return layers;
  }

  /** How the last layer becomes outputs. */
  public Link link() {
    return link;
  }

  /** What outputs are multiplied by at the end. */
  public double outputScale() {
    return outputScale;
  }

  /** What is added to outputs at the end. */
  public double outputOffset() {
    return outputOffset;
  }

  @Override
  public void predict(double[][] x, int rows, double[][] out) {
    int widest = inputs();
    for (Layer layer : layers) {
      widest = Math.max(widest, layer.units());
    }
    double[][] here = new double[widest][BLOCK];
    double[][] next = new double[widest][BLOCK];
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      for (int i = 0; i < inputs(); i++) {
        System.arraycopy(x[i], from, here[i], 0, count);
      }
      for (Layer layer : layers) {
        propagate(layer, here, next, count);
        double[][] swap = here;
        here = next;
        next = swap;
      }
      store(here, from, count, out);
    }
    link.apply(out, rows);
    rescale(out, rows);
  }

  private static void propagate(Layer layer, double[][] in, double[][] out, int count) {
    for (int u = 0; u < layer.units(); u++) {
      double[] weights = layer.weights[u];
      double[] sum = out[u];
      Arrays.fill(sum, 0, count, layer.bias[u]);
      for (int i = 0; i < weights.length; i++) {
        double weight = weights[i];
        double[] column = in[i];
        for (int r = 0; r < count; r++) {
          sum[r] += weight * column[r];
        }
      }
      activate(layer.activation, sum, count);
    }
  }

  private static void activate(Activation activation, double[] values, int count) {
    for (int r = 0; r < count; r++) {
      double v = values[r];
      values[r] =
          switch (activation) {
            case LINEAR -> v;
            case RECTIFIER -> Math.max(0, v);
            case SIGMOID -> 1 / (1 + Math.exp(-v));
            case TANH -> Math.tanh(v);
          };
    }
  }

  private void store(double[][] block, int from, int count, double[][] out) {
    int units = layers.get(layers.size() - 1).units();
    for (int u = 0; u < units; u++) {
      double[] column = link == Link.LOGISTIC ? out[1] : out[u];
      System.arraycopy(block[u], 0, column, from, count);
    }
  }

  private void rescale(double[][] out, int rows) {
    if (outputScale == 1 && outputOffset == 0) {
      return;
    }
    for (double[] column : out) {
      for (int r = 0; r < rows; r++) {
        column[r] = column[r] * outputScale + outputOffset;
      }
    }
  }
}
