package dev.mlctl.model;

import dev.mlctl.model.MultilayerPerceptron.Activation;
import dev.mlctl.model.MultilayerPerceptron.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** Between predictors and their Protobuf messages. */
final class PredictorCodec {
  private PredictorCodec() {}

  static void write(Predictor predictor, dev.mlctl.model.proto.Bundle.Builder bundle) {
    if (predictor instanceof Linear linear) {
      bundle.setLinear(linear(linear));
    } else if (predictor instanceof TreeEnsemble trees) {
      bundle.setTreeEnsemble(TreeEnsembleCodec.write(trees));
    } else if (predictor instanceof MultilayerPerceptron network) {
      bundle.setMultilayerPerceptron(network(network));
    }
  }

  /**
   * The predictor of a bundle.
   *
   * @param bundle all of it but its tree ensemble
   * @param trees the message of its tree ensemble; null when there is none
   * @throws IOException when that is no message
   */
  static Predictor read(dev.mlctl.model.proto.Bundle bundle, WireSlice trees) throws IOException {
    if (trees != null) {
      Shapes.check(bundle.getPredictorCase().getNumber() == 0, "it holds two models");
      return TreeEnsembleCodec.read(trees);
    }
    return switch (bundle.getPredictorCase()) {
      case LINEAR -> linear(bundle.getLinear());
      case MULTILAYER_PERCEPTRON -> network(bundle.getMultilayerPerceptron());
      default -> throw new IllegalArgumentException("it holds no model this mlctl knows");
    };
  }

  private static dev.mlctl.model.proto.Linear linear(Linear linear) {
    var message = dev.mlctl.model.proto.Linear.newBuilder();
    for (double[] row : linear.weights()) {
      for (double weight : row) {
        message.addWeights(weight);
      }
    }
    for (double intercept : linear.intercepts()) {
      message.addIntercepts(intercept);
    }
    return message.setLinkValue(Enums.write(linear.link())).build();
  }

  private static Linear linear(dev.mlctl.model.proto.Linear message) {
    double[] intercepts = doubles(message.getInterceptsCount(), message::getIntercepts);
    double[][] weights = matrix(message.getWeightsList(), intercepts.length);
    return new Linear(weights, intercepts, link(message.getLinkValue()));
  }

  private static dev.mlctl.model.proto.MultilayerPerceptron network(MultilayerPerceptron network) {
    var message = dev.mlctl.model.proto.MultilayerPerceptron.newBuilder();
    message.setInputs(network.inputs());
    for (Layer layer : network.layers()) {
      var one = message.addLayersBuilder().setUnits(layer.units());
      for (double[] row : layer.weights()) {
        for (double weight : row) {
          one.addWeights(weight);
        }
      }
      for (double bias : layer.bias()) {
        one.addBias(bias);
      }
      one.setActivationValue(Enums.write(layer.activation()));
    }
    return message
        .setLinkValue(Enums.write(network.link()))
        .setOutputScale(network.outputScale())
        .setOutputOffset(network.outputOffset())
        .build();
  }

  private static MultilayerPerceptron network(dev.mlctl.model.proto.MultilayerPerceptron message) {
    List<Layer> layers = new ArrayList<>();
    for (var layer : message.getLayersList()) {
      layers.add(
          new Layer(
              matrix(layer.getWeightsList(), layer.getUnits()),
              doubles(layer.getBiasCount(), layer::getBias),
              Enums.read(Activation.values(), layer.getActivationValue(), "activation")));
    }
    var network =
        new MultilayerPerceptron(
            layers,
            link(message.getLinkValue()),
            message.getOutputScale(),
            message.getOutputOffset());
    Shapes.check(network.inputs() == message.getInputs(), "inputs of the network");
    return network;
  }

  static Link link(int number) {
    return Enums.read(Link.values(), number, "link");
  }

  /** Row-major values as {@code rows} rows; the length was read, so it bounds what is allocated. */
  private static double[][] matrix(List<Double> values, int rows) {
    Shapes.check(rows > 0 && rows <= values.size() && values.size() % rows == 0, "weights");
    int width = values.size() / rows;
    double[][] matrix = new double[rows][width];
    for (int i = 0; i < values.size(); i++) {
      matrix[i / width][i % width] = values.get(i);
    }
    return matrix;
  }

  /** Reads by index: iterating over a list of the message would make an object per number. */
  static double[] doubles(int count, IntToDoubleFunction value) {
    double[] array = new double[count];
    for (int i = 0; i < count; i++) {
      array[i] = value.applyAsDouble(i);
    }
    return array;
  }

  static int[] integers(int count, IntUnaryOperator value) {
    int[] array = new int[count];
    for (int i = 0; i < count; i++) {
      array[i] = value.applyAsInt(i);
    }
    return array;
  }
}
