package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the probabilities of a class came true.
 *
 * @param of the class
 * @param bins those that hold rows, by probability
 */
public record Reliability(String of, List<Bin> bins) {
  /**
   * Rows of about the same probability.
   *
   * @param mean of their probabilities
   * @param observed the share of them that are of the class
   * @param rows at least one
   */
  public record Bin(double mean, double observed, long rows) {}

  /** Copies. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Leaves out the bins without rows.
   *
   * @param sums of the probabilities, per bin
   * @param hits rows of the class, per bin
   * @param rows per bin
   */
  static Reliability of(String name, double[] sums, long[] hits, long[] rows) {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < rows.length; b++) {
      if (rows[b] > 0) {
        bins.add(new Bin(sums[b] / rows[b], (double) hits[b] / rows[b], rows[b]));
      }
    }
    return new Reliability(name, bins);
  }

  /** The expected calibration error (Naeini, Cooper and Hauskrecht, 2015); 0 without rows. */
  public double error() {
    double sum = 0;
    double all = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.mean() - bin.observed());
      all += bin.rows();
    }
    return all == 0 ? 0 : sum / all;
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("class", of);
    map.put("error", error());
    List<Object> list = new ArrayList<>();
    for (Bin bin : bins) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("mean_probability", bin.mean());
      one.put("observed", bin.observed());
      one.put("rows", bin.rows());
      list.add(one);
    }
    map.put("bins", list);
    return map;
  }
}
