package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TreeEnsembleTest {
  @ParameterizedTest
  @CsvSource({
    "1, true, IDENTITY, 5",
    "1, true, LOGISTIC, 300",
    "3, true, SOFTMAX, 129",
    "3, false, NORMALIZE, 128",
    "1, false, IDENTITY, 1"
  })
  void predicts_what_a_walk_through_each_tree_gives(
      int scores, boolean oneValue, Link link, int rows) {
    Random random = new Random(scores + rows);
    int inputs = 4;
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    for (int t = 0; t < 90; t++) {
      builder.tree(oneValue ? t % scores : -1);
      ModelFixtures.randomTree(builder, random, 7, inputs, oneValue ? 1 : scores);
    }
    double[] base = random.doubles(scores, 0.1, 1).toArray();
    TreeEnsemble trees = builder.build(inputs, base, 0.25, link);
    assertEquals(90, trees.trees());

    double[][] x = ModelFixtures.matrix(random, inputs, rows);
    double[][] out = ModelFixtures.matrix(random, trees.outputs(), rows);
    trees.predict(x, rows, out);

    Naive naive = new Naive(trees);
    double[][] expected = new double[trees.outputs()][rows];
    for (int r = 0; r < rows; r++) {
      double[] score = naive.scores(x, r);
      for (int s = 0; s < scores; s++) {
        expected[link == Link.LOGISTIC ? 1 : s][r] = score[s];
      }
    }
    link.apply(expected, 0, rows);
    for (int k = 0; k < expected.length; k++) {
      assertArrayEquals(expected[k], out[k]);
    }
  }

  /** The same walk written the plain way, over copies of the ensemble's arrays. */
  private static final class Naive {
    private final int[] roots;
    private final int[] treeScores;
    private final int[] features;
    private final double[] thresholds;
    private final int[] others;
    private final double[] leafValues;
    private final double[] base;
    private final double factor;

    Naive(TreeEnsemble trees) {
      roots = trees.roots();
      treeScores = trees.treeScores();
      features = trees.features();
      thresholds = trees.thresholds();
      others = trees.otherChildren();
      leafValues = trees.leafValues();
      base = trees.base();
      factor = trees.factor();
    }

    double[] scores(double[][] x, int row) {
      double[] scores = sums(x, row);
      for (int s = 0; s < scores.length; s++) {
        scores[s] = base[s] + factor * scores[s];
      }
      return scores;
    }

    double[] sums(double[][] x, int row) {
      double[] sums = new double[base.length];
      for (int t = 0; t < roots.length; t++) {
        int leaf = leaf(roots[t], x, row);
        if (treeScores.length > 0) {
          sums[treeScores[t]] += leafValues[leaf];
        } else {
          for (int s = 0; s < sums.length; s++) {
            sums[s] += leafValues[leaf * sums.length + s];
          }
        }
      }
      return sums;
    }

    private int leaf(int node, double[][] x, int row) {
      if (features[node] < 0) {
        return others[node];
      }
      boolean next = x[features[node]][row] <= thresholds[node];
      return leaf(next ? node + 1 : others[node], x, row);
    }
  }

  /** How an ensemble is shaped, and which way rows must be taken through it. */
  private record Shape(int trees, int depth, int inputs, int scores, boolean oneValue, int rows) {}

  static List<Shape> shallow() {
    return List.of(
        new Shape(40, 1, 3, 1, true, 200),
        new Shape(30, 2, 3, 1, true, 64),
        new Shape(30, 3, 2, 2, true, 65),
        new Shape(30, 4, 5, 3, false, 63),
        new Shape(30, 5, 5, 1, true, 1),
        new Shape(30, 6, 1, 1, true, 500),
        new Shape(30, 7, 9, 2, false, 129),
        new Shape(30, 8, 9, 1, true, 500),
        new Shape(600, 7, 9, 3, true, 100),
        new Shape(400, 8, 90, 1, true, 70));
  }

  static List<Shape> deep() {
    return List.of(
        new Shape(1, 1, 1, 1, true, 9),
        new Shape(1, 6, 500, 1, true, 9),
        new Shape(20, 12, 3, 1, true, 700),
        new Shape(9, 14, 5, 3, false, 4099),
        new Shape(9, 11, 5, 3, true, 3),
        new Shape(3, 11, 1 << 24, 1, true, 5),
        new Shape(200, 9, 1 << 10, 1, true, 70));
  }

  @ParameterizedTest
  @MethodSource("shallow")
  void slices_give_the_sums_of_a_plain_walk_to_the_last_bit(Shape shape) {
    TreeEnsemble trees = ensemble(shape, new Random(shape.hashCode()));
    List<TreeSums> sliced = SlicedTrees.of(trees.layout(), trees.leaves());
    assertFalse(sliced.isEmpty());
    assertSameSums(trees, shape, sliced);
    assertSameSums(
        trees, shape, List.of(new TreeWalk(shape.inputs, trees.layout(), trees.leaves())));
  }

  @ParameterizedTest
  @MethodSource("deep")
  void walks_give_the_sums_of_a_plain_walk_to_the_last_bit(Shape shape) {
    TreeEnsemble trees = ensemble(shape, new Random(shape.hashCode()));
    assertEquals(List.of(), SlicedTrees.of(trees.layout(), trees.leaves()));
    assertSameSums(
        trees, shape, List.of(new TreeWalk(shape.inputs, trees.layout(), trees.leaves())));
  }

  private static TreeEnsemble ensemble(Shape shape, Random random) {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    for (int t = 0; t < shape.trees; t++) {
      builder.tree(shape.oneValue ? t % shape.scores : -1);
      hardTree(builder, random, shape, shape.depth);
    }
    return builder.build(shape.inputs, new double[shape.scores], 1, Link.IDENTITY);
  }

  private static void hardTree(TreeEnsembleBuilder builder, Random random, Shape shape, int depth) {
    if (depth == 0 || (depth < shape.depth && random.nextInt(9) == 0)) {
      builder.leaf(random.doubles(shape.oneValue ? 1 : shape.scores, -1, 1).toArray());
      return;
    }
    double threshold = hardNumber(random);
    int node =
        builder.split(random.nextInt(shape.inputs), Double.isFinite(threshold) ? threshold : -0.0);
    hardTree(builder, random, shape, depth - 1);
    builder.otherwise(node);
    hardTree(builder, random, shape, depth - 1);
  }

  /** Numbers that meet again and differ by little, by much or only in the sign of zero. */
  private static double hardNumber(Random random) {
    double number =
        switch (random.nextInt(8)) {
          case 0 -> 0.0;
          case 1 -> random.nextInt(8) / 4.0;
          case 2 -> 1 + random.nextInt(4) * Math.ulp(1.0);
          case 3 -> random.nextInt(4) * Double.MIN_VALUE;
          case 4 -> Double.MAX_VALUE / (1 + random.nextInt(2));
          case 5 -> random.nextInt(10) > 0 ? 1e-300 : Double.POSITIVE_INFINITY;
          default -> random.nextGaussian();
        };
    return random.nextBoolean() ? number : -number;
  }

  private static void assertSameSums(TreeEnsemble trees, Shape shape, List<TreeSums> ways) {
    Random random = new Random(7);
    double[][] x = new double[shape.inputs][];
    double[] unused = new double[0];
    int[] features = trees.features();
    Arrays.fill(x, unused);
    for (int feature : features) {
      if (feature >= 0 && x[feature] == unused) {
        x[feature] = random.doubles(shape.rows).map(d -> hardNumber(random)).toArray();
        x[feature][random.nextInt(shape.rows)] = Double.NaN;
      }
    }
    Naive naive = new Naive(trees);
    int at = 3;
    double[][] expected = new double[shape.scores][shape.rows + at];
    for (int r = 0; r < shape.rows; r++) {
      double[] sums = naive.sums(x, r);
      for (int s = 0; s < shape.scores; s++) {
        expected[s][at + r] = sums[s];
      }
    }
    double[][] actual = new double[shape.scores][shape.rows + at];
    ways.forEach(way -> way.add(x, shape.rows, actual, at));
    for (int s = 0; s < shape.scores; s++) {
      assertArrayEquals(expected[s], actual[s]);
    }
  }

  @Test
  void keys_are_in_the_order_of_the_numbers() {
    Random random = new Random(1);
    double[] numbers = random.doubles(5000).map(d -> hardNumber(random)).sorted().toArray();
    for (int i = 1; i < numbers.length; i++) {
      assertTrue(TreeNodes.key(numbers[i - 1]) <= TreeNodes.key(numbers[i]));
    }
    assertEquals(TreeNodes.key(-0.0), TreeNodes.key(0.0));
    assertTrue(TreeNodes.key(Double.NaN) > TreeNodes.key(Double.POSITIVE_INFINITY));
  }

  @Test
  void a_value_equal_to_the_threshold_takes_the_first_child() {
    TreeEnsemble tree = stump().build();
    double[][] out = new double[1][3];
    tree.predict(new double[][] {{1, Math.nextUp(1.0), -5}}, 3, out);
    assertArrayEquals(new double[] {12, 14, 12}, out[0]);
  }

  @Test
  void the_builder_grows_with_its_trees() {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    int trees = 2000;
    for (int t = 0; t < trees; t++) {
      builder.tree(0);
      int node = builder.split(0, t);
      builder.leaf(1);
      builder.otherwise(node);
      builder.leaf(0);
    }
    TreeEnsemble ensemble = builder.build(1, new double[1], 1, Link.IDENTITY);
    double[][] out = new double[1][1];
    ensemble.predict(new double[][] {{1500}}, 1, out);
    assertEquals(500, out[0][0]);
    assertEquals(6000, ensemble.nodes());
  }

  @Test
  void refuses_a_builder_whose_trees_are_not_finished() {
    TreeEnsembleBuilder empty = new TreeEnsembleBuilder();
    assertRefused(() -> empty.build(1, new double[1], 1, Link.IDENTITY));
    TreeEnsembleBuilder noOther = new TreeEnsembleBuilder();
    noOther.tree(0);
    noOther.split(0, 1);
    noOther.leaf(1);
    noOther.leaf(2);
    assertRefused(() -> noOther.build(1, new double[1], 1, Link.IDENTITY));
    TreeEnsembleBuilder noLeaves = new TreeEnsembleBuilder();
    noLeaves.tree(0);
    assertRefused(() -> noLeaves.build(1, new double[1], 1, Link.IDENTITY));
  }

  /** The arrays of one tree with one split, to be damaged one by one. */
  private static final class Stump {
    int inputs = 1;
    int[] roots = {0};
    int[] treeScores = {0};
    int[] features = {0, -1, -1};
    double[] thresholds = {1, 0, 0};
    int[] otherChildren = {2, 0, 1};
    double[] leafValues = {1, 2};
    double[] base = {10};
    double factor = 2;
    Link link = Link.IDENTITY;

    TreeEnsemble build() {
      return new TreeEnsemble(
          inputs,
          roots,
          treeScores,
          features,
          thresholds,
          otherChildren,
          leafValues,
          base,
          factor,
          link);
    }
  }

  private static Stump stump() {
    return new Stump();
  }

  private interface Damage {
    void to(Stump arrays);
  }

  @Test
  void refuses_every_malformed_array() {
    stump().build();
    Damage[] damages = {
      a -> a.inputs = 0,
      a -> a.inputs = -1,
      a -> a.roots = new int[0],
      a -> a.roots = new int[] {1},
      a -> a.roots = new int[] {-1},
      a -> {
        a.roots = new int[] {0, 0};
        a.treeScores = new int[] {0, 0};
      },
      a -> {
        a.roots = new int[] {0, 3};
        a.treeScores = new int[] {0, 0};
      },
      a -> {
        a.roots = new int[] {0, 2, 1};
        a.treeScores = new int[] {0, 0, 0};
      },
      a -> {
        a.roots = new int[] {0, Integer.MIN_VALUE};
        a.treeScores = new int[] {0, 0};
      },
      a -> a.treeScores = new int[] {1},
      a -> a.treeScores = new int[] {-1},
      a -> a.treeScores = new int[] {0, 0},
      a -> a.features = new int[0],
      a -> a.features = new int[] {1, -1, -1},
      a -> a.features = new int[] {-2, -1, -1},
      a -> a.features = new int[] {0, -1, 0},
      a -> a.features = new int[] {0, 0, -1},
      a -> a.features = new int[] {0, -1},
      a -> a.thresholds = new double[] {1, 0},
      a -> a.thresholds = new double[] {Double.NaN, 0, 0},
      a -> a.thresholds = new double[] {Double.POSITIVE_INFINITY, 0, 0},
      a -> a.otherChildren = new int[] {2, 0},
      a -> a.otherChildren = new int[] {0, 0, 1},
      a -> a.otherChildren = new int[] {1, 0, 1},
      a -> a.otherChildren = new int[] {3, 0, 1},
      a -> a.otherChildren = new int[] {-1, 0, 1},
      a -> a.otherChildren = new int[] {2, 2, 1},
      a -> a.otherChildren = new int[] {2, -1, 1},
      a -> a.leafValues = new double[0],
      a -> a.leafValues = new double[] {1},
      a -> a.leafValues = new double[] {1, Double.NaN},
      a -> a.base = new double[0],
      a -> a.base = new double[] {Double.NEGATIVE_INFINITY},
      a -> a.factor = Double.NaN,
      a -> {
        a.base = new double[2];
        a.link = Link.LOGISTIC;
      },
      a -> {
        a.base = new double[2];
        a.treeScores = new int[0];
        a.leafValues = new double[] {1, 2, 3};
      },
    };
    for (int i = 0; i < damages.length; i++) {
      Stump arrays = stump();
      damages[i].to(arrays);
      assertThrows(IllegalArgumentException.class, arrays::build, "damage " + i);
    }
  }

  private static void assertRefused(Runnable build) {
    assertThrows(IllegalArgumentException.class, build::run);
  }
}
