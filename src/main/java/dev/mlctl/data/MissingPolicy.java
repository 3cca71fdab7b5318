package dev.mlctl.data;

/** What happens to a row whose value of a feature is missing. */
public enum MissingPolicy {
  /** The model's own pre-processing replaces the missing value. */
  IMPUTE,
  /** The row is rejected. */
  REJECT
}
