package dev.mlctl.model;

/** What a model predicts. */
public enum Task {
  /** A number. */
  REGRESSION,
  /** One of two or more classes. */
  CLASSIFICATION
}
