package dev.mlctl.train;

import dev.mlctl.data.FeatureType;
import java.util.List;

/**
 * A column in memory. The arrays belong to it and are not to be changed.
 *
 * @param numbers of a number or date (days since 1970-01-01), NaN where missing; else null
 * @param codes of a category, indexes into texts, −1 where missing; else null
 * @param texts the different texts, sorted; empty for the other types
 */
record Column(String name, FeatureType type, double[] numbers, int[] codes, List<String> texts) {
  boolean isMissing(int row) {
    return type == FeatureType.CATEGORY ? codes[row] < 0 : Double.isNaN(numbers[row]);
  }
}
