package dev.mlctl.train;

import dev.mlctl.data.FeatureType;

/**
 * What was made of one column of the data.
 *
 * @param type what its values are; null when it has none
 * @param role {@code feature}, {@code target} or {@code left out}
 * @param missing how many rows have no value
 * @param categories how many different texts a category has; 0 for the other types
 * @param why why it was left out, or empty
 */
public record ColumnSummary(
    String name, FeatureType type, String role, long missing, int categories, String why) {}
