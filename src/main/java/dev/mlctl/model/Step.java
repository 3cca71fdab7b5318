package dev.mlctl.model;

/** What is done to one feature before the predictor sees it. Immutable. */
public sealed interface Step permits Scaling, Levels {
  /** How many predictor inputs it makes. */
  int width();
}
