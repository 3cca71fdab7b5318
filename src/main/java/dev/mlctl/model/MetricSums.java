package dev.mlctl.model;

import java.util.Map;

/** Collects answers row by row until their metrics are asked for. */
sealed interface MetricSums permits RegressionSums, ClassificationSums {
  /** How many rows were added. */
  long rows();

  /** The task's metrics, in the order of {@link Metrics#of}; one that is undefined is left out. */
  Map<String, Double> metrics();
}
