package dev.mlctl.model;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.model.MultilayerPerceptron.Activation;
import dev.mlctl.model.MultilayerPerceptron.Layer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models of every kind over the same four features, and bundles of them. */
final class ModelFixtures {
  private static final String GOLDEN_ROWS =
      """
      day,colour,size,weight,extra
      2012-02-29,red,S,1.5,x
      ,"blue",M,-2,y
      2011-01-01T06:00,,XL,,z
      1970-01-01,violet,,1e3,
      """;

  private ModelFixtures() {}

  static List<Feature> features() {
    return List.of(
        Feature.number("weight"),
        Feature.category("colour", List.of("red", "grün", "blue")),
        new Feature(
            "size",
            FeatureType.CATEGORY,
            List.of("S", "M"),
            MissingPolicy.IMPUTE,
            UnknownPolicy.OTHER),
        new Feature(
            "day", FeatureType.DATE, List.of(), MissingPolicy.IMPUTE, UnknownPolicy.REJECT));
  }

  /** Six inputs: the weight, three colours one-hot, the size's level, the day. */
  static Preprocessor preprocessor() {
    return new Preprocessor(
        List.of(
            new Scaling(0.25, -1, 2),
            new Levels(true, 3, new int[] {0, 1, 2}, -1, 1),
            new Levels(false, 3, new int[] {0, 2}, 1, -1),
            Scaling.none(15_000)));
  }

  static Signature signature(int classes) {
    List<String> names = List.of("no", "yes", "perhaps").subList(0, classes);
    Task task = classes == 0 ? Task.REGRESSION : Task.CLASSIFICATION;
    return new Signature(task, "target", features(), names);
  }

  /** One model of every kind of predictor and link. */
  static Map<String, Model> models() {
    Random random = new Random(3);
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("linear", model(0, linear(random, 1, Link.IDENTITY)));
    models.put("logistic", model(2, linear(random, 1, Link.LOGISTIC)));
    models.put("softmax", model(3, linear(random, 3, Link.SOFTMAX)));
    models.put("forest", model(0, trees(random, 1, true, Link.IDENTITY)));
    models.put("boosting", model(2, trees(random, 1, true, Link.LOGISTIC)));
    models.put("boosting3", model(3, trees(random, 3, true, Link.SOFTMAX)));
    models.put("votes", model(3, trees(random, 3, false, Link.NORMALIZE)));
    models.put("mlp", model(0, network(random, 1, Link.IDENTITY, 3, 7)));
    models.put("mlp2", model(2, network(random, 1, Link.LOGISTIC, 1, 0)));
    models.put("mlp3", model(3, network(random, 3, Link.SOFTMAX, 1, 0)));
    return models;
  }

  private static Model model(int classes, Predictor predictor) {
    return new Model(signature(classes), preprocessor(), predictor);
  }

  static double[][] matrix(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian() / 4;
      }
    }
    return matrix;
  }

  private static Linear linear(Random random, int scores, Link link) {
    double[][] weights = matrix(random, scores, 6);
    for (double[] row : weights) {
      row[5] /= 10_000;
    }
    weights[0][0] = -0.0;
    return new Linear(weights, matrix(random, 1, scores)[0], link);
  }

  private static TreeEnsemble trees(Random random, int scores, boolean oneValue, Link link) {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    for (int t = 0; t < 6; t++) {
      builder.tree(oneValue ? t % scores : -1);
      randomTree(builder, random, 3, 6, oneValue ? 1 : scores);
    }
    return builder.build(6, matrix(random, 1, scores)[0], 0.5, link);
  }

  static void randomTree(
      TreeEnsembleBuilder builder, Random random, int depth, int inputs, int width) {
    if (depth == 0 || random.nextInt(6) == 0) {
      builder.leaf(random.doubles(width).toArray());
      return;
    }
    int node = builder.split(random.nextInt(inputs), random.nextGaussian());
    randomTree(builder, random, depth - 1, inputs, width);
    builder.otherwise(node);
    randomTree(builder, random, depth - 1, inputs, width);
  }

  private static MultilayerPerceptron network(
      Random random, int scores, Link link, double scale, double offset) {
    double[][] first = matrix(random, 4, 6);
    for (double[] row : first) {
      row[5] /= 10_000;
    }
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer(first, matrix(random, 1, 4)[0], Activation.RECTIFIER));
    layers.add(new Layer(matrix(random, 3, 4), matrix(random, 1, 3)[0], Activation.TANH));
    layers.add(new Layer(matrix(random, scores, 3), new double[scores], Activation.LINEAR));
    return new MultilayerPerceptron(layers, link, scale, offset);
  }

  static Bundle bundle(String name, Model model) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rmse", 1.25);
    metrics.put("auc", Double.NaN);
    metrics.put("zero", -0.0);
    return new Bundle(
        name,
        model,
        Golden.record(model, GOLDEN_ROWS.getBytes(StandardCharsets.UTF_8)),
        baseline(model.signature()),
        metrics,
        new Provenance(
            "0.1.0",
            name,
            "model: é\n",
            "rows.csv",
            "ab".repeat(32),
            100,
            80,
            -7,
            "",
            List.of("s")),
        "CC0",
        "A fixture.");
  }

  private static Profile baseline(Signature signature) {
    NumberProfile number =
        new NumberProfile(
            "n", new double[] {-0.5, 1}, new long[] {3, 2, 1}, 4, -1, 2, 0, -1, 2, 0.5, 7);
    List<ColumnProfile> outputs = new ArrayList<>();
    if (signature.task() == Task.CLASSIFICATION) {
      outputs.add(CategoryProfile.of(Profile.PREDICTION, signature.classes()));
      signature.classes().forEach(c -> outputs.add(number));
    } else {
      outputs.add(number);
    }
    return new Profile(
        List.of(
            number,
            new CategoryProfile(
                "colour", List.of("red", "grün", "blue"), new long[] {1, 2, 3}, 4, 5, Map.of()),
            CategoryProfile.of("size", List.of("S", "M")),
            number.emptied()),
        outputs);
  }
}
