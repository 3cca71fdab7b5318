package dev.mlctl.monitor;

import dev.mlctl.model.Metrics;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Predictions whose truth is known, column by column. Of more than it may hold it keeps a sample in
 * which each is equally likely to be (Vitter, Random sampling with a reservoir, algorithm R, 1985);
 * with a fixed seed, so that the same rows always give the same sample. Not thread-safe.
 */
final class Answers {
  private static final long SEED = 20260801;
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int TRUTH = 0;
  private static final int PREDICTION = 1;

  /** Where the probabilities start. */
  private static final int PROBABILITIES = 2;

  private final Signature signature;
  private final boolean withProbabilities;
  private final int most;
  private final SplittableRandom random = new SplittableRandom(SEED);

  /** {@code [column][row]}: truth, prediction, probabilities, further numbers. */
  private final double[][] numbers;

  /** {@code [column][row]}: what a row belongs to. */
  private final int[][] codes;

  private int size;
  private long seen;

  /**
   * With room for rows to come.
   *
   * @param withProbabilities whether the classes' probabilities are there; false for regression
   * @param further how many numbers a row has beyond these
   * @param codeColumns how many codes a row has
   * @param most rows that are kept, at least one
   */
  Answers(Signature signature, boolean withProbabilities, int further, int codeColumns, int most) {
    this.signature = signature;
    this.withProbabilities = withProbabilities;
    this.most = most;
    int probabilities = withProbabilities ? signature.classes().size() : 0;
    this.numbers = new double[PROBABILITIES + probabilities + further][FIRST_CAPACITY];
    this.codes = new int[codeColumns][FIRST_CAPACITY];
  }

  /** How many rows of so many columns fit into so many bytes, growing included. */
  static long rowsIn(long bytes, int numbers, int codes) {
    return bytes / (2L * (numbers * Double.BYTES + codes * Integer.BYTES));
  }

  /**
   * Adds a row.
   *
   * @param row its numbers: truth, prediction, probabilities, further ones; classes by their index
   * @param rowCodes its codes
   */
  void add(double[] row, int[] rowCodes) {
    seen++;
    if (size < most) {
      if (size == numbers[0].length) {
        grow();
      }
      put(size++, row, rowCodes);
      return;
    }
    long place = random.nextLong(seen);
    if (place < most) {
      put((int) place, row, rowCodes);
    }
  }

  private void put(int at, double[] row, int[] rowCodes) {
    for (int c = 0; c < numbers.length; c++) {
      numbers[c][at] = row[c];
    }
    for (int c = 0; c < codes.length; c++) {
      codes[c][at] = rowCodes[c];
    }
  }

  private void grow() {
    int capacity = (int) Math.min(most, 2L * numbers[0].length);
    Arrays.setAll(numbers, c -> Arrays.copyOf(numbers[c], capacity));
    Arrays.setAll(codes, c -> Arrays.copyOf(codes[c], capacity));
  }

  /** How many rows are kept. */
  int size() {
    return size;
  }

  /** Whether more rows were added than are kept. */
  boolean isSample() {
    return seen > size;
  }

  Signature signature() {
    return signature;
  }

  boolean withProbabilities() {
    return withProbabilities;
  }

  double truth(int row) {
    return numbers[TRUTH][row];
  }

  double prediction(int row) {
    return numbers[PREDICTION][row];
  }

  double probability(int k, int row) {
    return numbers[PROBABILITIES + k][row];
  }

  /** One of the numbers that were asked for beyond those of the model. */
  double further(int column, int row) {
    int probabilities = withProbabilities ? signature.classes().size() : 0;
    return numbers[PROBABILITIES + probabilities + column][row];
  }

  /** What a row belongs to. */
  int code(int column, int row) {
    return codes[column][row];
  }

  /** The indices of all rows. */
  int[] all() {
    int[] all = new int[size];
    Arrays.setAll(all, r -> r);
    return all;
  }

  /**
   * The rows of each code, ascending.
   *
   * @param column of the codes
   * @param count how many codes there are; a row with a negative one is in no group
   */
  int[][] groups(int column, int count) {
    int[] sizes = new int[count];
    for (int r = 0; r < size; r++) {
      if (codes[column][r] >= 0) {
        sizes[codes[column][r]]++;
      }
    }
    int[][] groups = new int[count][];
    Arrays.setAll(groups, g -> new int[sizes[g]]);
    Arrays.fill(sizes, 0);
    for (int r = 0; r < size; r++) {
      int code = codes[column][r];
      if (code >= 0) {
        groups[code][sizes[code]++] = r;
      }
    }
    return groups;
  }

  Map<String, Double> metrics() {
    return metrics(all());
  }

  /**
   * The task's metrics over some rows, at least one; without probabilities those that need none.
   *
   * @param chosen indices, repeated as wanted
   */
  Map<String, Double> metrics(int[] chosen) {
    if (signature.task() == Task.REGRESSION) {
      return Metrics.regression(picked(TRUTH, chosen), picked(PREDICTION, chosen));
    }
    double[][] probabilities = new double[signature.classes().size()][];
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] =
          withProbabilities ? picked(PROBABILITIES + k, chosen) : new double[chosen.length];
    }
    Map<String, Double> metrics =
        new LinkedHashMap<>(
            Metrics.classification(
                classes(TRUTH, chosen), classes(PREDICTION, chosen), probabilities));
    if (!withProbabilities) {
      metrics.remove("log_loss");
      metrics.remove("auc");
    }
    return metrics;
  }

  /** Counts {@code [actual][predicted]}; empty for a regression. */
  long[][] confusion() {
    if (signature.task() == Task.REGRESSION) {
      return new long[0][];
    }
    return Metrics.confusion(
        classes(TRUTH, all()), classes(PREDICTION, all()), signature.classes().size());
  }

  private double[] picked(int column, int[] chosen) {
    double[] picked = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      picked[i] = numbers[column][chosen[i]];
    }
    return picked;
  }

  private int[] classes(int column, int[] chosen) {
    int[] picked = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      picked[i] = (int) numbers[column][chosen[i]];
    }
    return picked;
  }
}
