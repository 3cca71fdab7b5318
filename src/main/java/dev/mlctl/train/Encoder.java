package dev.mlctl.train;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.model.Levels;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Learns the pre-processing of a model from the rows it is fitted on. */
final class Encoder {
  private final TrainSpec spec;
  private final Examples examples;
  private final int classes;

  private Encoder(TrainSpec spec, Examples examples, int classes) {
    this.spec = spec;
    this.examples = examples;
    this.classes = classes;
  }

  /**
   * The pre-processing.
   *
   * @param classes how many; 0 for regression
   */
  static Preprocessor fit(TrainSpec spec, Examples examples, int classes) {
    Encoder encoder = new Encoder(spec, examples, classes);
    List<Feature> features = examples.features().features();
    List<Step> steps = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      steps.add(
          features.get(f).type() == FeatureType.CATEGORY
              ? encoder.levels(examples.features().codes(f), features.get(f).categories().size())
              : encoder.scaling(examples.features().numbers(f)));
    }
    return new Preprocessor(steps);
  }

  private Scaling scaling(double[] column) {
    double[] present =
        Arrays.stream(column, 0, examples.rows()).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double mean = Arrays.stream(present).average().orElse(0);
    Object impute = spec.preprocessing().imputeNumber();
    double imputed = impute.equals("mean") ? mean : median(present);
    if (impute instanceof Number constant) {
      imputed = constant.doubleValue();
    }
    if (!spec.preprocessing().standardize()) {
      return Scaling.none(imputed);
    }
    double squares = Arrays.stream(present).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, present.length - 1));
    return new Scaling(imputed, mean, deviation > 0 ? deviation : 1);
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return 0;
    }
    return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
  }

  /** Rows and the sum of what orders them, for one level to be. */
  private record Group(long rows, double sum) {
    Group plus(Group that) {
      return new Group(rows + that.rows, sum + that.sum);
    }
  }

  private Levels levels(int[] codes, int categories) {
    Group[] of = new Group[categories + 1];
    Arrays.fill(of, new Group(0, 0));
    for (int r = 0; r < examples.rows(); r++) {
      int slot = codes[r] >= 0 ? codes[r] : categories;
      of[slot] = of[slot].plus(new Group(1, ordering(r)));
    }
    List<Group> groups = new ArrayList<>();
    int[] groupOf = new int[categories];
    int rare = -1;
    for (int c = 0; c < categories; c++) {
      if (of[c].rows >= spec.preprocessing().rareBelow()) {
        groupOf[c] = groups.size();
        groups.add(of[c]);
      } else if (rare < 0) {
        rare = groups.size();
        groupOf[c] = rare;
        groups.add(of[c]);
      } else {
        groupOf[c] = rare;
        groups.set(rare, groups.get(rare).plus(of[c]));
      }
    }
    boolean noneSeen = groups.isEmpty();
    if (noneSeen) {
      groups.add(of[categories]);
    }
    int frequent = mostFrequent(groups);
    int missing = frequent;
    if (spec.preprocessing().missingIsLevel() && of[categories].rows > 0 && !noneSeen) {
      missing = groups.size();
      groups.add(of[categories]);
    }
    int[] rank = rank(groups, frequent);
    int unknown = rare < 0 ? frequent : rare;
    boolean oneHot = spec.preprocessing().oneHot();
    int count = oneHot && dropsReference() ? groups.size() - 1 : groups.size();
    return new Levels(
        oneHot,
        count,
        Arrays.stream(groupOf).map(g -> rank[g]).toArray(),
        rank[missing],
        rank[unknown]);
  }

  /** What a row adds to its level's place: the target, or nothing when frequency decides. */
  private double ordering(int row) {
    if (classes == 0) {
      return examples.numbers()[row];
    }
    return classes == 2 ? examples.labels()[row] : 0;
  }

  private static int mostFrequent(List<Group> groups) {
    int best = 0;
    for (int g = 1; g < groups.size(); g++) {
      best = groups.get(g).rows > groups.get(best).rows ? g : best;
    }
    return best;
  }

  /** Linear models have an intercept, which one input per level would repeat. */
  private boolean dropsReference() {
    return spec.algorithm().kind() == Algorithm.Kind.LINEAR;
  }

  /**
   * The level of each group. One-hot: the order of the groups, the reference having none (−1).
   * Ordinal: by mean target where there is one number to order by (Breiman et al., 1984, section
   * 9.4: the best split of a category lies along that order), else by falling frequency.
   */
  private int[] rank(List<Group> groups, int reference) {
    int[] rank = new int[groups.size()];
    if (spec.preprocessing().oneHot()) {
      int next = 0;
      for (int g = 0; g < rank.length; g++) {
        rank[g] = dropsReference() && g == reference ? -1 : next++;
      }
      return rank;
    }
    Comparator<Integer> order =
        classes > 2
            ? Comparator.comparing(g -> -groups.get(g).rows)
            : Comparator.comparing(g -> groups.get(g).sum / Math.max(1, groups.get(g).rows));
    List<Integer> sorted = IntStream.range(0, rank.length).boxed().sorted(order).toList();
    for (int level = 0; level < rank.length; level++) {
      rank[sorted.get(level)] = level;
    }
    return rank;
  }
}
