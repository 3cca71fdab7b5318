package dev.mlctl.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decoded feature values of a batch of rows, column by column. Mutable and reused; not thread-safe.
 *
 * <p>A {@link FeatureType#NUMBER} or {@link FeatureType#DATE} feature has a column of doubles, NaN
 * where missing. A {@link FeatureType#CATEGORY} feature has a column of codes: the index into
 * {@link Feature#categories()}, {@link #MISSING} or {@link #UNKNOWN}.
 */
public final class FeatureBatch {
  /** The code of a missing category. */
  public static final int MISSING = -1;

  /** The code of a category that training never saw. */
  public static final int UNKNOWN = -2;

  private final List<Feature> features;
  private final int capacity;
  private final double[][] numbers;
  private final int[][] codes;
  private final String[][] newCategories;
  private final boolean[] hasNew;
  private int rows;

  /**
   * An empty batch.
   *
   * @param capacity the most rows it can hold
   */
  public FeatureBatch(List<Feature> features, int capacity) {
    this.features = List.copyOf(features);
    this.capacity = capacity;
    this.numbers = new double[features.size()][];
    this.codes = new int[features.size()][];
    for (int f = 0; f < features.size(); f++) {
      if (features.get(f).type() == FeatureType.CATEGORY) {
        codes[f] = new int[capacity];
      } else {
        numbers[f] = new double[capacity];
      }
    }
    this.newCategories = new String[features.size()][];
    this.hasNew = new boolean[features.size()];
  }

  /** The features, in column order. */
  public List<Feature> features() {
    return features;
  }

  /** The most rows this batch can hold. */
  public int capacity() {
    return capacity;
  }

  /** How many rows are filled. */
  public int rows() {
    return rows;
  }

  /** Sets how many rows are filled and forgets the new categories of the rows before. */
  public void reset(int filled) {
    if (filled > capacity) {
      throw new IllegalArgumentException(filled + " rows in a batch of " + capacity);
    }
    rows = filled;
    Arrays.fill(hasNew, false);
  }

  /** The doubles of a number or date feature, valid for {@link #rows()}; null for a category. */
  public double[] numbers(int feature) {
    return numbers[feature];
  }

  /** The codes of a category feature, valid for {@link #rows()}; null for the other types. */
  public int[] codes(int feature) {
    return codes[feature];
  }

  /** The most frequent new categories of this batch by name, at most 20, with their counts. */
  public Map<String, Long> newCategories(int feature) {
    Map<String, Long> found = new TreeMap<>();
    for (int r = 0; hasNew[feature] && r < rows; r++) {
      if (newCategories[feature][r] != null) {
        FrequentTexts.add(found, newCategories[feature][r], 1);
      }
    }
    return found;
  }

  /** The text of each row of a feature whose code is {@link #UNKNOWN}, if any row is scored so. */
  String[] newTexts(int feature) {
    return hasNew[feature] ? newCategories[feature] : null;
  }

  void noteNewCategory(int feature, int row, String name) {
    if (newCategories[feature] == null) {
      newCategories[feature] = new String[capacity];
    }
    if (!hasNew[feature]) {
      Arrays.fill(newCategories[feature], null);
      hasNew[feature] = true;
    }
    newCategories[feature][row] = name;
  }
}
