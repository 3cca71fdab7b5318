package dev.mlctl.monitor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that was measured, with all that is needed to judge the judgement.
 *
 * @param about what it is about
 * @param column the feature's or output's name; empty for the model as a whole
 * @param slice which part of the rows, such as {@code region=north}; empty for all
 * @param statistic as monitor.yaml names it, such as {@code psi}
 * @param value what was measured; NaN when it cannot be
 * @param threshold what it was held against
 * @param baselineRows rows behind the baseline's side; 0 when there is none
 * @param currentRows rows behind the current side
 * @param pValue how probable so great a difference is by chance; NaN when not tested
 * @param level the greatest p-value that is no accident, corrected for all that was tested; NaN
 *     when not tested
 * @param severity what it comes to
 * @param note one line for a person, or empty
 */
public record Finding(
    About about,
    String column,
    String slice,
    String statistic,
    double value,
    Threshold threshold,
    long baselineRows,
    long currentRows,
    double pValue,
    double level,
    Severity severity,
    String note) {
  /** The worst last: by severity, then by how far beyond its threshold. */
  static final Comparator<Finding> BY_BADNESS =
      Comparator.comparing(Finding::severity).thenComparingDouble(Finding::pressure);

  /** What a finding is about. */
  public enum About {
    /** An input of the model. */
    FEATURE,
    /** The prediction or a probability. */
    OUTPUT,
    /** The model's answers, held against labels. */
    PERFORMANCE,
    /** The runs: what they rejected, how fast and how long ago. */
    RUNS
  }

  /** Checks that no part is null. */
  public Finding {
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(slice, "slice");
    Objects.requireNonNull(statistic, "statistic");
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(note, "note");
  }

  /** A finding whose p-value decides nothing. */
  Finding(
      About about,
      String column,
      String slice,
      String statistic,
      double value,
      Threshold threshold,
      long baselineRows,
      long currentRows,
      double pValue,
      Severity severity,
      String note) {
    this(
        about,
        column,
        slice,
        statistic,
        value,
        threshold,
        baselineRows,
        currentRows,
        pValue,
        Double.NaN,
        severity,
        note);
  }

  /** A finding about all rows. */
  Finding(
      About about,
      String column,
      String statistic,
      double value,
      Threshold threshold,
      long baselineRows,
      long currentRows,
      double pValue,
      Severity severity,
      String note) {
    this(
        about,
        column,
        "",
        statistic,
        value,
        threshold,
        baselineRows,
        currentRows,
        pValue,
        severity,
        note);
  }

  /** The same with another judgement. */
  Finding judged(Severity other, String told) {
    return settled(level, other, told);
  }

  /** What is the same for findings of one kind in different windows. */
  String key() {
    return about + " " + statistic + " " + slice + " " + column;
  }

  /** What was measured, in a few words: {@code psi of temp in region=north is 0.31}. */
  String told() {
    String of = column.isEmpty() ? "" : " of " + column;
    String in = slice.isEmpty() ? "" : " in " + slice;
    return statistic + of + in + " is " + ReportTables.number(value);
  }

  /** The same about one slice. */
  Finding in(String part) {
    return new Finding(
        about,
        column,
        part,
        statistic,
        value,
        threshold,
        baselineRows,
        currentRows,
        pValue,
        level,
        severity,
        note);
  }

  /** The same judged by its p-value too. */
  Finding settled(double corrected, Severity judged, String told) {
    return new Finding(
        about,
        column,
        slice,
        statistic,
        value,
        threshold,
        baselineRows,
        currentRows,
        pValue,
        corrected,
        judged,
        told);
  }

  /** As JSON; what is not a finite number is left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("about", about.name().toLowerCase(Locale.ROOT));
    if (!column.isEmpty()) {
      map.put("column", column);
    }
    if (!slice.isEmpty()) {
      map.put("slice", slice);
    }
    map.put("statistic", statistic);
    putFinite(map, "value", value);
    putFinite(map, "warning", threshold.warning());
    putFinite(map, "critical", threshold.critical());
    if (threshold.below()) {
      map.put("less_is_worse", true);
    }
    if (baselineRows > 0) {
      map.put("baseline_rows", baselineRows);
    }
    map.put("current_rows", currentRows);
    putFinite(map, "p_value", pValue);
    putFinite(map, "p_value_below", level);
    map.put("severity", severity.word());
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }

  /** How far along the way to its warning (or critical) threshold the value is; 1 is there. */
  double pressure() {
    return threshold.pressure(value);
  }

  private static void putFinite(Map<String, Object> map, String key, double value) {
    if (Double.isFinite(value)) {
      map.put(key, value);
    }
  }
}
