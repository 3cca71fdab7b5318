package dev.mlctl.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sums behind the metrics of a regression. The total sum of squares is updated as the mean
 * moves (Welford, Technometrics 4(3), 1962), so that no row need be kept.
 */
final class RegressionSums implements MetricSums {
  private long rows;
  private double mean;
  private double total;
  private double squares;
  private double absolute;

  void add(double actual, double predicted) {
    rows++;
    double distance = actual - mean;
    mean += distance / rows;
    total += distance * (actual - mean);
    double error = actual - predicted;
    squares += error * error;
    absolute += Math.abs(error);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rmse", Math.sqrt(squares / rows));
    metrics.put("mae", absolute / rows);
    metrics.put("r2", total == 0 ? 0 : 1 - squares / total);
    return metrics;
  }
}
