package dev.mlctl.monitor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which p-values are no accident, when many were looked at.
 *
 * <p>A critical finding must pass Holm's step-down test (A simple sequentially rejective multiple
 * test procedure, 1979): the chance of any false one among all columns is at most the significance,
 * whatever else has drifted and however the columns depend on one another. A warning must pass
 * Benjamini and Hochberg's (Controlling the false discovery rate, 1995): of the warnings given,
 * that share is false on average, and when nothing has drifted the promise is Holm's. Both find all
 * that Bonferroni's correction finds, and more the more columns have drifted.
 */
final class Correction {
  private final double[] ascending;
  private final double holm;
  private final double benjaminiHochberg;

  private Correction(double[] pValues, double significance) {
    ascending = pValues.clone();
    Arrays.sort(ascending);
    holm = holm(significance);
    benjaminiHochberg = benjaminiHochberg(significance);
  }

  /**
   * The findings, each judged by its p-value too.
   *
   * @param significance accepted chance of a false alarm over all of them together
   */
  static List<Finding> settled(List<Measured> all, double significance) {
    Map<String, Double> tests = new LinkedHashMap<>();
    for (Measured measured : all) {
      if (!measured.test().isEmpty()) {
        tests.put(measured.key(), measured.finding().pValue());
      }
    }
    Correction correction =
        new Correction(tests.values().stream().mapToDouble(p -> p).toArray(), significance);
    return all.stream().map(correction::settled).toList();
  }

  /**
   * The level at which Holm's procedure stops: every p-value up to it is rejected, and no other.
   *
   * @param pValues at least one, in any order
   */
  static double holm(double[] pValues, double significance) {
    return new Correction(pValues, significance).holm;
  }

  /** The same of Benjamini and Hochberg's. */
  static double benjaminiHochberg(double[] pValues, double significance) {
    return new Correction(pValues, significance).benjaminiHochberg;
  }

  private double holm(double significance) {
    int rejected = 0;
    int tests = ascending.length;
    while (rejected < tests && ascending[rejected] <= significance / (tests - rejected)) {
      rejected++;
    }
    return significance / Math.max(1, tests - Math.min(rejected, tests - 1));
  }

  private double benjaminiHochberg(double significance) {
    int tests = ascending.length;
    int rejected = tests;
    while (rejected > 0 && ascending[rejected - 1] > rejected * significance / tests) {
      rejected--;
    }
    return Math.max(1, rejected) * significance / Math.max(1, tests);
  }

  private Finding settled(Measured measured) {
    Finding found = measured.finding();
    if (measured.test().isEmpty()) {
      return found;
    }
    Severity severity = found.severity();
    boolean critical = severity == Severity.CRITICAL;
    if (critical && found.pValue() > holm) {
      severity = Severity.WARNING;
    }
    if (severity == Severity.WARNING && found.pValue() > benjaminiHochberg) {
      severity = Severity.OK;
    }
    boolean chance = severity == Severity.OK && found.severity() != Severity.OK;
    String note = found.note();
    return found.settled(
        severity == Severity.CRITICAL ? holm : benjaminiHochberg,
        severity,
        chance ? "may be chance" + (note.isEmpty() ? "" : ": " + note) : note);
  }
}
