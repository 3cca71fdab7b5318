package dev.mlctl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the answers of two models to the same rows lie apart: a champion's and a challenger's.
 * Immutable; comparisons of parts add up to that of the whole.
 */
public final class Comparison {
  private final long rows;
  private final double sum;
  private final double absolute;
  private final double squares;
  private final double largest;
  private final long[][] matrix;

  /**
   * A comparison.
   *
   * @param sum of the differences challenger − champion; 0 for classification
   * @param absolute the sum of their absolute values; for classification of the probabilities',
   *     each row's averaged over the classes
   * @param squares the sum of their squares; 0 for classification
   * @param largest the greatest absolute difference; 0 for classification
   * @param matrix for classification how many rows the champion puts into the first class and the
   *     challenger into the second; empty for regression
   */
  Comparison(
      long rows, double sum, double absolute, double squares, double largest, long[][] matrix) {
    this.rows = rows;
    this.sum = sum;
    this.absolute = absolute;
    this.squares = squares;
    this.largest = largest;
    this.matrix = copy(matrix);
  }

  private static long[][] copy(long[][] matrix) {
    return Arrays.stream(matrix).map(long[]::clone).toArray(long[][]::new);
  }

  /** How many rows both answered. */
  public long rows() {
    return rows;
  }

  /** Whether the answers are classes. */
  public boolean isOfClasses() {
    return matrix.length > 0;
  }

  /** For classification: the share of rows that both put into the same class; 1 for no rows. */
  public double agreement() {
    long same = 0;
    for (int k = 0; k < matrix.length; k++) {
      same += matrix[k][k];
    }
    return rows == 0 ? 1 : (double) same / rows;
  }

  /** The mean of the absolute differences; for classification of the probabilities. */
  public double meanAbsoluteDifference() {
    return rows == 0 ? 0 : absolute / rows;
  }

  /** For regression: the root of the mean squared difference. */
  public double rmsDifference() {
    return rows == 0 ? 0 : Math.sqrt(squares / rows);
  }

  /** Both together. */
  public Comparison plus(Comparison other) {
    if (matrix.length != other.matrix.length) {
      throw new IllegalArgumentException("comparisons of different models");
    }
    long[][] both = copy(matrix);
    for (int k = 0; k < both.length; k++) {
      for (int j = 0; j < both.length; j++) {
        both[k][j] += other.matrix[k][j];
      }
    }
    return new Comparison(
        rows + other.rows,
        sum + other.sum,
        absolute + other.absolute,
        squares + other.squares,
        Math.max(largest, other.largest),
        both);
  }

  /** For JSON, which has no infinity: what is greater than any double is the greatest one. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows);
    if (isOfClasses()) {
      map.put("agreement", agreement());
      map.put(
          "matrix", Arrays.stream(matrix).map(row -> Arrays.stream(row).boxed().toList()).toList());
      map.put("mean_absolute_difference", finite(meanAbsoluteDifference()));
    } else {
      map.put("mean_difference", finite(rows == 0 ? 0 : sum / rows));
      map.put("mean_absolute_difference", finite(meanAbsoluteDifference()));
      map.put("rms_difference", finite(rmsDifference()));
      map.put("largest_difference", finite(largest));
    }
    return map;
  }

  private static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  /**
   * The comparison that {@link #toMap} wrote.
   *
   * @throws IllegalArgumentException when the map does not hold one
   */
  public static Comparison fromMap(Map<?, ?> map) {
    try {
      long rows = ((Number) map.get("rows")).longValue();
      double absolute = rows * real(map, "mean_absolute_difference");
      if (map.get("matrix") instanceof List<?> counts) {
        return new Comparison(rows, 0, absolute, 0, 0, matrix(counts));
      }
      double rms = real(map, "rms_difference");
      return new Comparison(
          rows,
          rows * real(map, "mean_difference"),
          absolute,
          rows * rms * rms,
          real(map, "largest_difference"),
          new long[0][]);
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("not a comparison", e);
    }
  }

  private static double real(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).doubleValue();
  }

  private static long[][] matrix(List<?> rows) {
    List<long[]> matrix = new ArrayList<>();
    for (Object row : rows) {
      List<?> counts = (List<?>) row;
      if (counts.size() != rows.size()) {
        throw new IllegalArgumentException("not a comparison: its matrix is not square");
      }
      matrix.add(counts.stream().mapToLong(count -> ((Number) count).longValue()).toArray());
    }
    return matrix.toArray(long[][]::new);
  }
}
