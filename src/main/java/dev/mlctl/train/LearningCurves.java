package dev.mlctl.train;

import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.TreeEnsemble;
import dev.mlctl.model.TreeEnsembleBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Follows an ensemble as it grew, without training again: its first trees alone are a model too.
 * The trees are cut into as many slices as the curve has points, and every row goes through every
 * slice once; so the curve costs about what predicting these rows once does.
 */
final class LearningCurves {
  private static final int POINTS = 30;
  private static final int MOST_ROWS = 10_000;
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final TreeEnsemble ensemble;
  private final boolean averages;
  private final int[] roundOf;
  private final int rounds;

  private LearningCurves(TreeEnsemble ensemble, boolean averages) {
    this.ensemble = ensemble;
    this.averages = averages;
    int[] scores = ensemble.treeScores();
    int[] next = new int[ensemble.base().length];
    this.roundOf =
        IntStream.range(0, ensemble.trees())
            .map(t -> scores.length == 0 ? t : next[scores[t]]++)
            .toArray();
    this.rounds = Arrays.stream(roundOf).max().orElse(0) + 1;
  }

  /**
   * The curve of a forest or of boosted trees; null for models that do not grow tree by tree.
   *
   * @param test rows held out; null for none
   */
  static LearningCurve of(Algorithm algorithm, Model model, Examples train, Examples test) {
    boolean forest = algorithm == Algorithm.RANDOM_FOREST;
    if (!forest && algorithm != Algorithm.GRADIENT_BOOSTING) {
      return null;
    }
    LearningCurves curves = new LearningCurves((TreeEnsemble) model.predictor(), forest);
    Examples seen = evenly(train);
    Examples unseen = test == null ? null : evenly(test);
    int[] ends = curves.ends();
    List<TreeEnsemble> slices = curves.slices(ends);
    return new LearningCurve(
        train.labels() == null ? "rmse" : "log_loss",
        Arrays.stream(ends).boxed().toList(),
        curves.errors(model, slices, ends, seen),
        unseen == null ? List.of() : curves.errors(model, slices, ends, unseen),
        seen.rows(),
        unseen == null ? 0 : unseen.rows());
  }

  private static Examples evenly(Examples all) {
    int rows = all.rows();
    return rows <= MOST_ROWS
        ? all
        : all.pick(
            IntStream.range(0, MOST_ROWS).map(i -> (int) ((long) i * rows / MOST_ROWS)).toArray());
  }

  /** The first tree, then about evenly up to the last. */
  private int[] ends() {
    return IntStream.concat(
            IntStream.of(1),
            IntStream.rangeClosed(1, POINTS).map(i -> (int) ((long) rounds * i / POINTS)))
        .filter(end -> end > 0)
        .sorted()
        .distinct()
        .toArray();
  }

  private List<TreeEnsemble> slices(int[] ends) {
    int[] roots = Arrays.copyOf(ensemble.roots(), ensemble.trees() + 1);
    roots[ensemble.trees()] = ensemble.nodes();
    Copy copy = new Copy(ensemble);
    List<TreeEnsemble> slices = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
      for (int t = 0; t < ensemble.trees(); t++) {
        if (roundOf[t] >= from && roundOf[t] < end) {
          copy.tree(builder, t, roots[t], roots[t + 1]);
        }
      }
      double[] base = new double[ensemble.base().length];
      slices.add(builder.build(ensemble.inputs(), base, 1, Link.IDENTITY));
      from = end;
    }
    return slices;
  }

  /** An ensemble's arrays, to copy trees from. */
  private static final class Copy {
    private final int[] features;
    private final double[] thresholds;
    private final int[] others;
    private final double[] leaves;
    private final int[] scores;
    private final int width;

    /** Per node the split, in the ensemble being made, whose other child it is. */
    private final int[] splitOf;

    Copy(TreeEnsemble ensemble) {
      this.features = ensemble.features();
      this.thresholds = ensemble.thresholds();
      this.others = ensemble.otherChildren();
      this.leaves = ensemble.leafValues();
      this.scores = ensemble.treeScores();
      this.width = scores.length == 0 ? ensemble.base().length : 1;
      this.splitOf = new int[features.length];
      Arrays.fill(splitOf, -1);
    }

    void tree(TreeEnsembleBuilder builder, int tree, int from, int to) {
      builder.tree(scores.length == 0 ? -1 : scores[tree]);
      for (int n = from; n < to; n++) {
        if (splitOf[n] >= 0) {
          builder.otherwise(splitOf[n]);
        }
        if (features[n] < 0) {
          builder.leaf(Arrays.copyOfRange(leaves, others[n] * width, (others[n] + 1) * width));
        } else {
          splitOf[others[n]] = builder.split(features[n], thresholds[n]);
        }
      }
    }
  }

  private List<Double> errors(
      Model model, List<TreeEnsemble> slices, int[] ends, Examples examples) {
    int rows = examples.rows();
    double[][] x = new double[model.preprocessor().width()][rows];
    model.preprocessor().apply(examples.features(), x);
    double[][] sums = new double[ensemble.base().length][rows];
    double[][] more = new double[sums.length][rows];
    double[][] outputs = new double[ensemble.outputs()][rows];
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      slices.get(i).predict(x, rows, more);
      for (int s = 0; s < sums.length; s++) {
        for (int r = 0; r < rows; r++) {
          sums[s][r] += more[s][r];
        }
      }
      finish(sums, ends[i], outputs);
      errors.add(
          examples.labels() == null
              ? rmse(examples.numbers(), outputs[0])
              : logLoss(examples.labels(), outputs));
    }
    return errors;
  }

  /** What the first trees alone would answer: an average is one of fewer trees. */
  private void finish(double[][] sums, int trees, double[][] outputs) {
    double factor = ensemble.factor() * (averages ? (double) rounds / trees : 1);
    double[] base = ensemble.base();
    double[][] scores = ensemble.link().scores(outputs);
    int rows = sums[0].length;
    for (int s = 0; s < sums.length; s++) {
      for (int r = 0; r < rows; r++) {
        scores[s][r] = base[s] + factor * sums[s][r];
      }
    }
    ensemble.link().apply(outputs, 0, rows);
  }

  private static double rmse(double[] actual, double[] predicted) {
    double squares = 0;
    for (int r = 0; r < actual.length; r++) {
      squares += (actual[r] - predicted[r]) * (actual[r] - predicted[r]);
    }
    return Math.sqrt(squares / actual.length);
  }

  private static double logLoss(int[] labels, double[][] probabilities) {
    double loss = 0;
    for (int r = 0; r < labels.length; r++) {
      loss -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[labels[r]][r]));
    }
    return loss / labels.length;
  }
}
