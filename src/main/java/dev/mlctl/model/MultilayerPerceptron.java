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
    TANH;

    private void apply(double[] values, int rows) {
      switch (this) {
        case LINEAR -> {}
        case RECTIFIER -> {
          for (int r = 0; r < rows; r++) {
            values[r] = Math.max(0, values[r]);
          }
        }
        case SIGMOID -> {
          for (int r = 0; r < rows; r++) {
            values[r] = 1 / (1 + Math.exp(-values[r]));
          }
        }
        case TANH -> {
          for (int r = 0; r < rows; r++) {
            values[r] = Tanh.of(values[r]);
          }
        }
      }
    }
  }

  /**
   * A dense layer, {@code activation(weights · x + bias)}.
   *
   * @param weights {@code weights[unit][input]}, rectangular and finite
   * @param bias one per unit
   */
  public record Layer(double[][] weights, double[] bias, Activation activation) {
    /** Checks, copies and pads. */
    public Layer {
      Shapes.check(weights.length > 0 && weights.length == bias.length, "units of a layer");
      Shapes.check(weights[0].length > 0, "a layer without inputs");
      for (double[] row : weights) {
        Shapes.check(row.length == weights[0].length, "weights are not rectangular");
        Shapes.finite(row, "weights");
      }
      Shapes.finite(bias, "biases");
      weights = WeightedSums.padded(weights);
      bias = bias.clone();
    }

    /** {@code weights[unit][input]}, a copy. */
    @Override
    public double[][] weights() {
      return WeightedSums.unpadded(weights);
    }

    /** One per unit, a copy. */
    @Override
    public double[] bias() {
      return bias.clone();
    }

    int inputs() {
      return weights[0].length - 1;
    }

    int units() {
      return weights.length;
    }
  }

  /** Rows pushed through all layers at a time: their values stay in the second-level cache. */
  private static final int BLOCK = 256;

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
  public void predict(Inputs x, double[][] out, int at) {
    int rows = x.rows();
    int most = Math.min(BLOCK, rows);
    int widest = layers.stream().mapToInt(Layer::units).max().orElseThrow();
    double[][] even = new double[widest][most];
    double[][] odd = new double[widest][most];
    Inputs block = x.emptied(most);
    for (int from = 0; from < rows; from += BLOCK) {
      block.copy(x, from, Math.min(BLOCK, rows - from));
      propagate(block, even, odd, out, at + from);
    }
    link.apply(out, at, at + rows);
    rescale(out, at, at + rows);
  }

  /** Layers write to {@code even} and {@code odd} in turn. */
  private void propagate(Inputs x, double[][] even, double[][] odd, double[][] out, int at) {
    Inputs in = x;
    double[][] values = odd;
    for (Layer layer : layers) {
      values = values == even ? odd : even;
      for (int u = 0; u < layer.units(); u++) {
        Arrays.fill(values[u], 0, x.rows(), layer.bias[u]);
        WeightedSums.add(in, layer.weights[u], values[u]);
        layer.activation.apply(values[u], x.rows());
      }
      in = Inputs.of(Arrays.copyOf(values, layer.units()), x.rows());
    }
    double[][] scores = link.scores(out);
    for (int s = 0; s < scores.length; s++) {
      System.arraycopy(values[s], 0, scores[s], at, x.rows());
    }
  }

  private void rescale(double[][] out, int from, int to) {
    if (outputScale == 1 && outputOffset == 0) {
      return;
    }
    for (double[] column : out) {
      for (int r = from; r < to; r++) {
        column[r] = column[r] * outputScale + outputOffset;
      }
    }
  }
}
