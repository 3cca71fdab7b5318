package dev.mlctl.train;

import dev.mlctl.data.Progress;
import dev.mlctl.model.Link;
import dev.mlctl.model.MultilayerPerceptron;
import dev.mlctl.model.MultilayerPerceptron.Activation;
import dev.mlctl.model.MultilayerPerceptron.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smile.base.mlp.ActivationFunction;
import smile.base.mlp.Cost;
import smile.base.mlp.HiddenLayer;
import smile.base.mlp.LayerBuilder;
import smile.base.mlp.OutputFunction;
import smile.base.mlp.OutputLayer;
import smile.math.MathEx;
import smile.math.TimeFunction;

/**
 * A multilayer perceptron, trained by RMSProp on shuffled mini-batches. For regression the target
 * is standardised and the scale folded into the network. Smile's tanh is left out: its gradient, (1
 * − y)², is not that of tanh.
 */
final class MlpFit {
  private static final double RHO = 0.9;
  private static final double EPSILON = 1e-6;

  private final Design design;
  private final Params params;
  private final List<Open> layers = new ArrayList<>();

  private MlpFit(Design design, Params params) {
    this.design = design;
    this.params = params;
  }

  static Fitted fit(Design design, Params params, long seed, Progress progress) {
    MathEx.setSeed(seed);
    MlpFit fit = new MlpFit(design, params);
    return design.classes() == 0 ? fit.regression(progress) : fit.classification(progress);
  }

  private Fitted regression(Progress progress) {
    double mean = Arrays.stream(design.y()).average().orElse(0);
    double squares = Arrays.stream(design.y()).map(v -> (v - mean) * (v - mean)).sum();
    double scale = Math.sqrt(squares / design.rows());
    double[] y = Arrays.stream(design.y()).map(v -> (v - mean) / scale).toArray();
    var model = new OpenRegression(design.inputs(), hidden());
    layers.add(model.last());
    prepare(model);
    train(
        progress,
        (x, rows) -> model.update(x, Arrays.stream(rows).mapToDouble(r -> y[r]).toArray()));
    return new Fitted(
        new MultilayerPerceptron(read(), Link.IDENTITY, scale, mean),
        (inputs, outputs) -> {
          outputs[0] = model.predict(inputs) * scale + mean;
          return -1;
        },
        null);
  }

  private Fitted classification(Progress progress) {
    int[] labels = design.labels();
    boolean binary = design.classes() == 2;
    OutputFunction function = binary ? OutputFunction.SIGMOID : OutputFunction.SOFTMAX;
    List<LayerBuilder> net = new ArrayList<>(List.of(hidden()));
    net.add(
        builder(
            binary ? 1 : design.classes(),
            (n, p) -> new OpenOutput(n, p, function, Cost.LIKELIHOOD)));
    var model = new smile.classification.MLP(design.inputs(), net.toArray(LayerBuilder[]::new));
    prepare(model);
    train(
        progress, (x, rows) -> model.update(x, Arrays.stream(rows).map(r -> labels[r]).toArray()));
    return new Fitted(
        new MultilayerPerceptron(read(), binary ? Link.LOGISTIC : Link.SOFTMAX, 1, 0),
        model::predict,
        null);
  }

  private void prepare(smile.base.mlp.MultilayerPerceptron model) {
    model.setLearningRate(TimeFunction.constant(params.number("learning_rate")));
    model.setRMSProp(RHO, EPSILON);
    model.setWeightDecay(params.number("lambda"));
  }

  /** One step on a batch. */
  private interface Step {
    void update(double[][] x, int[] rows);
  }

  private void train(Progress progress, Step step) {
    double[][] all = design.rowMajor();
    int[] order = IntStream.range(0, all.length).toArray();
    int size = Math.min(params.integer("batch_size"), all.length);
    int epochs = params.integer("epochs");
    for (int epoch = 0; epoch < epochs; epoch++) {
      MathEx.permutate(order);
      for (int from = 0; from + size <= order.length; from += size) {
        int[] rows = Arrays.copyOfRange(order, from, from + size);
        step.update(Arrays.stream(rows).mapToObj(r -> all[r]).toArray(double[][]::new), rows);
      }
      progress.at("training the network", epoch + 1, epochs);
    }
  }

  /** Makes a layer of n units over p inputs. */
  private interface LayerMaker {
    smile.base.mlp.Layer make(int n, int p);
  }

  private LayerBuilder[] hidden() {
    boolean sigmoid = params.text("activation").equals("sigmoid");
    ActivationFunction function =
        sigmoid ? ActivationFunction.sigmoid() : ActivationFunction.rectifier();
    Activation activation = sigmoid ? Activation.SIGMOID : Activation.RECTIFIER;
    List<LayerBuilder> builders = new ArrayList<>();
    for (int units : params.integers("hidden")) {
      builders.add(builder(units, (n, p) -> new OpenHidden(n, p, function, activation)));
    }
    return builders.toArray(LayerBuilder[]::new);
  }

  private LayerBuilder builder(int units, LayerMaker maker) {
    return new LayerBuilder(units) {
      @Override
      public smile.base.mlp.Layer build(int p) {
        smile.base.mlp.Layer layer = maker.make(units, p);
        layers.add((Open) layer);
        return layer;
      }
    };
  }

  private List<Layer> read() {
    return layers.stream().map(Open::read).toList();
  }

  /** A Smile layer that shows its weights, which Smile keeps for subclasses. */
  private interface Open {
    Layer read();
  }

  private static final class OpenHidden extends HiddenLayer implements Open {
    private final Activation activation;

    OpenHidden(int n, int p, ActivationFunction function, Activation activation) {
      super(n, p, function);
      this.activation = activation;
    }

    @Override
    public Layer read() {
      return new Layer(weight.toArray(), bias, activation);
    }
  }

  private static final class OpenOutput extends OutputLayer implements Open {
    OpenOutput(int n, int p, OutputFunction function, Cost cost) {
      super(n, p, function, cost);
    }

    @Override
    public Layer read() {
      return new Layer(weight.toArray(), bias, Activation.LINEAR);
    }
  }

  /** Smile's regression brings an output layer of its own; this one shows its weights. */
  private static final class OpenRegression extends smile.regression.MLP {
    OpenRegression(int inputs, LayerBuilder... hidden) {
      super(inputs, hidden);
      int p = output.getInputSize();
      output = new OpenOutput(1, p, OutputFunction.LINEAR, Cost.MEAN_SQUARED_ERROR);
    }

    Open last() {
      return (Open) output;
    }
  }
}
