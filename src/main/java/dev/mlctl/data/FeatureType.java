package dev.mlctl.data;

/** What a feature's values are. */
public enum FeatureType {
  /** A finite decimal number. */
  NUMBER,
  /** One of a set of texts known from training. */
  CATEGORY,
  /** An ISO 8601 date or date-time without zone, read as days since 1970-01-01 with fraction. */
  DATE
}
