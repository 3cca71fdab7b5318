package dev.mlctl.train;

import dev.mlctl.data.FeatureType;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows to fit on and rows to judge by, as ascending indexes into a table.
 *
 * @param test empty when nothing is held out
 */
record Rows(int[] train, int[] test) {
  /**
   * Holds out a share of the rows.
   *
   * @param usable the rows to choose from, ascending
   * @param target strata when it is a category: each class gives the same share, but never its last
   *     row
   */
  static Rows split(TrainSpec.Split split, int[] usable, Column target, Column by) {
    if (split.test() == 0) {
      return new Rows(usable, new int[0]);
    }
    boolean[] held = new boolean[usable.length == 0 ? 0 : usable[usable.length - 1] + 1];
    if (by != null) {
      List<Integer> ordered = ordered(usable, by);
      int count = (int) Math.round(usable.length * split.test());
      ordered.subList(ordered.size() - count, ordered.size()).forEach(r -> held[r] = true);
    } else {
      Random random = new Random(split.seed());
      for (List<Integer> stratum : strata(usable, target)) {
        Collections.shuffle(stratum, random);
        int count = (int) Math.round(stratum.size() * split.test());
        stratum.subList(0, Math.min(count, stratum.size() - 1)).forEach(r -> held[r] = true);
      }
    }
    IntPredicate isHeld = r -> held[r];
    return new Rows(
        Arrays.stream(usable).filter(isHeld.negate()).toArray(),
        Arrays.stream(usable).filter(isHeld).toArray());
  }

  /** Deals rows into parts, each class evenly; every part is the test part of one fold. */
  static List<Rows> folds(int folds, long seed, int rows, int[] labels) {
    int[] foldOf = new int[rows];
    List<List<Integer>> strata = new ArrayList<>();
    int classes = labels == null ? 1 : Arrays.stream(labels).max().orElse(0) + 1;
    for (int k = 0; k < classes; k++) {
      strata.add(new ArrayList<>());
    }
    for (int r = 0; r < rows; r++) {
      strata.get(labels == null ? 0 : labels[r]).add(r);
    }
    Random random = new Random(seed);
    int next = 0;
    for (List<Integer> stratum : strata) {
      Collections.shuffle(stratum, random);
      for (int row : stratum) {
        foldOf[row] = next++ % folds;
      }
    }
    return IntStream.range(0, folds)
        .mapToObj(
            fold ->
                new Rows(
                    IntStream.range(0, rows).filter(r -> foldOf[r] != fold).toArray(),
                    IntStream.range(0, rows).filter(r -> foldOf[r] == fold).toArray()))
        .toList();
  }

  private static List<Integer> ordered(int[] usable, Column by) {
    for (int row : usable) {
      if (by.isMissing(row)) {
        throw Failure.of(
                FailureKind.INPUT,
                "column \"%s\" orders the split but has missing values",
                by.name())
            .hint("fill them in, or split by another column");
      }
    }
    Comparator<Integer> order =
        by.type() == FeatureType.CATEGORY
            ? Comparator.comparingInt(r -> by.codes()[r])
            : Comparator.comparingDouble(r -> by.numbers()[r]);
    return Arrays.stream(usable).boxed().sorted(order).toList();
  }

  private static List<List<Integer>> strata(int[] usable, Column target) {
    boolean classes = target.type() == FeatureType.CATEGORY;
    List<List<Integer>> strata = new ArrayList<>();
    for (int k = 0; k < (classes ? target.texts().size() : 1); k++) {
      strata.add(new ArrayList<>());
    }
    for (int row : usable) {
      strata.get(classes ? target.codes()[row] : 0).add(row);
    }
    strata.removeIf(List::isEmpty);
    return strata;
  }
}
