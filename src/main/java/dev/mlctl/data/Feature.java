package dev.mlctl.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * One input of a model, as its callers see it. Immutable.
 *
 * @param name the column's name in the input, matched exactly
 * @param type what its values are
 * @param categories for {@link FeatureType#CATEGORY} every text seen in training, once, in code
 *     order (a value's code is its index); empty for the other types
 * @param missing what a missing value does
 * @param unknown what a category not in {@code categories} does
 */
public record Feature(
    String name,
    FeatureType type,
    List<String> categories,
    MissingPolicy missing,
    UnknownPolicy unknown) {
  /** Checks and copies. */
  public Feature {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(unknown, "unknown");
    categories = List.copyOf(categories);
    if (new HashSet<>(categories).size() != categories.size()) {
      throw new IllegalArgumentException(name + " has a category twice");
    }
    if (type != FeatureType.CATEGORY && !categories.isEmpty()) {
      throw new IllegalArgumentException(name + " has categories but is a " + type);
    }
  }

  /** A number whose missing values the model imputes. */
  public static Feature number(String name) {
    return new Feature(
        name, FeatureType.NUMBER, List.of(), MissingPolicy.IMPUTE, UnknownPolicy.OTHER);
  }

  /** A category; missing values are imputed and unknown ones go to "other". */
  public static Feature category(String name, List<String> categories) {
    return new Feature(
        name, FeatureType.CATEGORY, categories, MissingPolicy.IMPUTE, UnknownPolicy.OTHER);
  }
}
