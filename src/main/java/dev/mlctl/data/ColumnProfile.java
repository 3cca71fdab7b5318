package dev.mlctl.data;

/** What is known of the values of one column. */
public sealed interface ColumnProfile permits NumberProfile, CategoryProfile {
  /** The feature's or output's name. */
  String name();

  /** How many values were seen, missing ones included. */
  long count();

  /** How many of them were missing. */
  long missing();

  /** The same bins or categories with nothing counted. */
  ColumnProfile emptied();

  /**
   * Both together; the order does not matter for the counts.
   *
   * @throws IllegalArgumentException when the bins or categories differ
   */
  ColumnProfile merge(ColumnProfile other);
}
