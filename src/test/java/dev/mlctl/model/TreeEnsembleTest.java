package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      double[] row = {x[0][r], x[1][r], x[2][r], x[3][r]};
      double[] score = naive.scores(row);
      for (int s = 0; s < scores; s++) {
        expected[link == Link.LOGISTIC ? 1 : s][r] = score[s];
      }
    }
    link.apply(expected, rows);
    for (int k = 0; k < expected.length; k++) {
      assertArrayEquals(expected[k], out[k], 1e-12);
    }
  }

  /** The same walk written the plain way, over copies of the ensemble's arrays. */
  private record Naive(TreeEnsemble trees, int[] features, double[] thresholds, int[] others) {
    Naive(TreeEnsemble trees) {
      this(trees, trees.features(), trees.thresholds(), trees.otherChildren());
    }

    double[] scores(double[] row) {
      double[] leafValues = trees.leafValues();
      int[] treeScores = trees.treeScores();
      int[] roots = trees.roots();
      double[] sums = new double[trees.base().length];
      for (int t = 0; t < roots.length; t++) {
        int leaf = leaf(roots[t], row);
        if (treeScores.length > 0) {
          sums[treeScores[t]] += leafValues[leaf];
        } else {
          for (int s = 0; s < sums.length; s++) {
            sums[s] += leafValues[leaf * sums.length + s];
          }
        }
      }
      for (int s = 0; s < sums.length; s++) {
        sums[s] = trees.base()[s] + trees.factor() * sums[s];
      }
      return sums;
    }

    private int leaf(int node, double[] row) {
      if (features[node] < 0) {
        return others[node];
      }
      return leaf(row[features[node]] <= thresholds[node] ? node + 1 : others[node], row);
    }
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
  private static final class Arrays {
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

  private static Arrays stump() {
    return new Arrays();
  }

  private interface Damage {
    void to(Arrays arrays);
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
      Arrays arrays = stump();
      damages[i].to(arrays);
      assertThrows(IllegalArgumentException.class, arrays::build, "damage " + i);
    }
  }

  private static void assertRefused(Runnable build) {
    assertThrows(IllegalArgumentException.class, build::run);
  }
}
