package dev.mlctl.train;

import dev.mlctl.data.Progress;
import dev.mlctl.model.Link;
import dev.mlctl.model.TreeEnsembleBuilder;
import java.util.Arrays;
import java.util.stream.IntStream;
import smile.base.cart.CART;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.math.MathEx;
import smile.regression.RegressionTree;

/**
 * Gradient boosting (Friedman, "Stochastic gradient boosting", 2002) of Smile's regression trees
 * with Smile's losses. The loop over the trees is ours, so that progress can be told and base score
 * and shrinkage need not be dug out of Smile's model; it draws the same random numbers in the same
 * order and makes the same trees as Smile's own loop, which a test holds it to.
 */
final class BoostingFit {
  private static final StructField RESIDUAL = new StructField("residual", DataTypes.DoubleType);

  private final Design design;
  private final Params params;
  private final Progress progress;
  private final DataFrame inputs;
  private final int[][] order;
  private final int[] permutation;
  private final int[] samples;
  private final double shrinkage;
  private final int trees;

  private BoostingFit(Design design, Params params, Progress progress) {
    this.design = design;
    this.params = params;
    this.progress = progress;
    this.inputs = Frames.inputs(design.x());
    this.order = CART.order(inputs);
    this.permutation = IntStream.range(0, design.rows()).toArray();
    this.samples = new int[design.rows()];
    this.shrinkage = params.number("shrinkage");
    this.trees = params.integer("trees");
  }

  static Fitted fit(Design design, Params params, long seed, Progress progress) {
    MathEx.setSeed(seed);
    BoostingFit fit = new BoostingFit(design, params, progress);
    return switch (design.classes()) {
      case 0 -> fit.regression();
      case 2 -> fit.binary();
      default -> fit.multiclass();
    };
  }

  private Fitted regression() {
    Loss loss = Loss.ls();
    double base = loss.intercept(design.y());
    double[] residual = loss.residual();
    int size = (int) Math.round(design.rows() * params.number("subsample"));
    RegressionTree[] forest = new RegressionTree[trees];
    for (int t = 0; t < trees; t++) {
      Arrays.fill(samples, 0);
      MathEx.permutate(permutation);
      for (int i = 0; i < size; i++) {
        samples[permutation[i]]++;
      }
      forest[t] = grow(loss);
      add(forest[t], residual, -shrinkage);
      progress.at("boosting trees", t + 1, trees);
    }
    double[] importance = importance(forest);
    var model =
        new smile.regression.GradientTreeBoost(formula(), forest, base, shrinkage, importance);
    StructType schema = Frames.rowSchema(design.inputs());
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    read(builder, 0, forest);
    return new Fitted(
        builder.build(design.inputs(), new double[] {base}, shrinkage, Link.IDENTITY),
        (row, outputs) -> {
          outputs[0] = model.predict(Tuple.of(Frames.row(row), schema));
          return -1;
        },
        importance);
  }

  /** Smile's score is half the log odds: p = 1 / (1 + exp(−2 F)). */
  private Fitted binary() {
    int[] labels = design.labels();
    Loss loss = Loss.logistic(labels);
    double base = loss.intercept(null);
    double[] score = loss.residual();
    RegressionTree[] forest = new RegressionTree[trees];
    for (int t = 0; t < trees; t++) {
      sampleByClass(labels);
      forest[t] = grow(loss);
      add(forest[t], score, shrinkage);
      progress.at("boosting trees", t + 1, trees);
    }
    double[] importance = importance(forest);
    var model =
        new smile.classification.GradientTreeBoost(formula(), forest, base, shrinkage, importance);
    StructType schema = Frames.rowSchema(design.inputs());
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    read(builder, 0, forest);
    return new Fitted(
        builder.build(design.inputs(), new double[] {2 * base}, 2 * shrinkage, Link.LOGISTIC),
        (row, outputs) -> model.predict(Tuple.of(Frames.row(row), schema), outputs),
        importance);
  }

  private Fitted multiclass() {
    int classes = design.classes();
    int[] labels = design.labels();
    double[][] probabilities = new double[design.rows()][classes];
    Loss[] losses = new Loss[classes];
    Arrays.setAll(losses, k -> Loss.logistic(k, classes, labels, probabilities));
    RegressionTree[][] forest = new RegressionTree[classes][trees];
    for (int t = 0; t < trees; t++) {
      for (int r = 0; r < design.rows(); r++) {
        for (int k = 0; k < classes; k++) {
          probabilities[r][k] = losses[k].residual()[r];
        }
        MathEx.softmax(probabilities[r]);
      }
      for (int k = 0; k < classes; k++) {
        sampleByClass(labels);
        forest[k][t] = grow(losses[k]);
        add(forest[k][t], losses[k].residual(), shrinkage);
      }
      progress.at("boosting trees", t + 1, trees);
    }
    double[] importance =
        importance(Arrays.stream(forest).flatMap(Arrays::stream).toArray(RegressionTree[]::new));
    var model =
        new smile.classification.GradientTreeBoost(formula(), forest, shrinkage, importance);
    StructType schema = Frames.rowSchema(design.inputs());
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    for (int k = 0; k < classes; k++) {
      read(builder, k, forest[k]);
    }
    return new Fitted(
        builder.build(design.inputs(), new double[classes], shrinkage, Link.SOFTMAX),
        (row, outputs) -> model.predict(Tuple.of(Frames.row(row), schema), outputs),
        importance);
  }

  private static Formula formula() {
    return Frames.formula();
  }

  private RegressionTree grow(Loss loss) {
    return new RegressionTree(
        inputs,
        loss,
        RESIDUAL,
        params.integer("max_depth"),
        params.integer("max_nodes", Integer.MAX_VALUE),
        params.integer("node_size"),
        design.inputs(),
        samples,
        order);
  }

  private void add(RegressionTree tree, double[] to, double factor) {
    for (int r = 0; r < to.length; r++) {
      to[r] += factor * tree.predict(inputs.get(r));
    }
  }

  /** Draws without replacement the same share of each class, going through one permutation. */
  private void sampleByClass(int[] labels) {
    int[] left = new int[design.classes()];
    for (int label : labels) {
      left[label]++;
    }
    double share = params.number("subsample");
    Arrays.setAll(left, k -> (int) Math.round(left[k] * share));
    Arrays.fill(samples, 0);
    MathEx.permutate(permutation);
    for (int row : permutation) {
      if (left[labels[row]] > 0) {
        left[labels[row]]--;
        samples[row] = 1;
      }
    }
  }

  private void read(TreeEnsembleBuilder builder, int score, RegressionTree[] grove) {
    TreeReading reading = new TreeReading(builder, inputs.schema(), 0);
    for (RegressionTree tree : grove) {
      reading.tree(tree.root(), score, TreeReading::output);
    }
  }

  private double[] importance(RegressionTree[] all) {
    double[] sum = new double[design.inputs()];
    for (RegressionTree tree : all) {
      double[] one = tree.importance();
      Arrays.setAll(sum, i -> sum[i] + one[i]);
    }
    return sum;
  }
}
