package dev.mlctl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What passed through a model: one column profile per feature, then one per output. Immutable.
 *
 * @param features in the signature's order
 * @param outputs for regression one number column {@code prediction}; for classification a category
 *     column {@code prediction}, then one number column {@code probability(CLASS)} per class
 * @param sketches of all columns, or {@link Sketches#NONE}
 */
public record Profile(
    List<ColumnProfile> features, List<ColumnProfile> outputs, Sketches sketches) {
  /** The name of the column that holds the prediction itself. */
  public static final String PREDICTION = "prediction";

  /** Copies. */
  public Profile {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
  }

  /** A profile without sketches. */
  public Profile(List<ColumnProfile> features, List<ColumnProfile> outputs) {
    this(features, outputs, Sketches.NONE);
  }

  /** How many rows it covers. */
  public long rows() {
    return outputs.isEmpty() ? 0 : outputs.get(0).count();
  }

  /** How many columns it has, features and outputs together. */
  public int columns() {
    return features.size() + outputs.size();
  }

  /** A column: features come first, then outputs. */
  public ColumnProfile column(int index) {
    return index < features.size() ? features.get(index) : outputs.get(index - features.size());
  }

  /**
   * What a report says of a column beyond the counts.
   *
   * @param index as in {@link #column}
   * @throws IllegalArgumentException when its sketches cannot be read
   */
  public ColumnSummary summary(int index) {
    return new ColumnSummary(column(index), sketches.column(index));
  }

  /** The same without sketches. */
  public Profile counted() {
    return new Profile(features, outputs);
  }

  /** The same columns with nothing counted. */
  public Profile emptied() {
    return new Profile(
        features.stream().map(ColumnProfile::emptied).toList(),
        outputs.stream().map(ColumnProfile::emptied).toList());
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException when the columns differ
   */
  public Profile merge(Profile other) {
    return new Profile(
        merge(features, other.features),
        merge(outputs, other.outputs),
        sketches.merge(other.sketches, columns()));
  }

  private static List<ColumnProfile> merge(List<ColumnProfile> a, List<ColumnProfile> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException("profiles of different models");
    }
    List<ColumnProfile> merged = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      merged.add(a.get(i).merge(b.get(i)));
    }
    return merged;
  }
}
