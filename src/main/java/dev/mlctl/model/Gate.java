package dev.mlctl.model;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A condition on metrics, such as {@code r2 >= 0.85}, {@code rmse <= 1.02 * current.rmse} or {@code
 * auc[sex=Female] >= 0.85}. Immutable.
 *
 * <pre>
 * gate      = sum ( "&lt;=" | "&gt;=" | "&lt;" | "&gt;" | "==" ) sum
 * sum       = product { ( "+" | "-" ) product }
 * product   = factor { ( "*" | "/" ) factor }
 * factor    = number | metric | "current." metric | "(" sum ")" | "-" factor
 * metric    = name [ "[" condition { "," condition } "]" ]
 * condition = column "=" value
 * column    = quoted | characters other than = , ] "
 * value     = quoted | characters other than , ] "
 * quoted    = '"' characters, a quote doubled '"'
 * </pre>
 *
 * A plain metric is the candidate's; {@code current.} asks for that of the current release. A slice
 * in brackets asks for the metric on the rows for which every condition holds; {@code rows} counts
 * them. A value that is a number and is not quoted equals every field that is the same number, so
 * {@code [season=1]} holds for {@code 1.0}; any other equals the field's exact text, so {@code
 * [zip="01"]} does not hold for {@code 1}, and {@code [job=""]} holds where nothing is given.
 * Spaces around an unquoted column or value do not count.
 */
public final class Gate {
  /** The metric that counts rows; only fresh evaluations have it. */
  public static final String ROWS = "rows";

  private final String text;
  private final Expression left;
  private final Expression right;
  private final BiPredicate<Double, Double> operator;
  private final List<Metric> metrics;

  Gate(
      String text,
      Expression left,
      Expression right,
      BiPredicate<Double, Double> operator,
      List<Metric> metrics) {
    this.text = text;
    this.left = left;
    this.right = right;
    this.operator = operator;
    this.metrics = List.copyOf(metrics);
  }

  /** A value that depends on the candidate's and the current release's metrics. */
  interface Expression {
    double value(Map<String, Double> candidate, Map<String, Double> current);
  }

  /**
   * A metric that a gate asks for.
   *
   * @param name without its slice
   * @param ofCurrent whether that of the current release is meant
   */
  public record Metric(String name, Slice slice, boolean ofCurrent) {
    /** What it is found by among metrics. */
    public String key() {
      return name + slice.text();
    }
  }

  /**
   * Parses a gate.
   *
   * @throws Failure of kind USAGE when it is not one
   */
  public static Gate parse(String text) {
    return new GateParser(text).gate();
  }

  /** The gate as written. */
  public String text() {
    return text;
  }

  /** Every metric it asks for, in the order written. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Whether it asks for a metric of the current release. */
  public boolean comparesWithCurrent() {
    return metrics.stream().anyMatch(Metric::ofCurrent);
  }

  /**
   * Judges the gate.
   *
   * @param candidate the candidate's metrics, by {@link Metric#key}
   * @param current the current release's metrics, or null when there is none
   * @throws Failure of kind USAGE when it names a metric that is not there
   */
  public GateResult evaluate(Map<String, Double> candidate, Map<String, Double> current) {
    if (comparesWithCurrent() && current == null) {
      return new GateResult(
          text, GateResult.Outcome.SKIPPED, Double.NaN, Double.NaN, "there is no current release");
    }
    for (Metric metric : metrics) {
      require(metric, metric.ofCurrent() ? current : candidate);
    }
    double a = left.value(candidate, current);
    double b = right.value(candidate, current);
    boolean holds = operator.test(a, b);
    return new GateResult(
        text, holds ? GateResult.Outcome.PASSED : GateResult.Outcome.FAILED, a, b, "");
  }

  private void require(Metric metric, Map<String, Double> metrics) {
    if (!metrics.containsKey(metric.key())) {
      String whose = metric.ofCurrent() ? "the current release" : "the candidate";
      throw Failure.of(
              FailureKind.USAGE, "gate \"%s\": %s has no metric \"%s\"", text, whose, metric.key())
          .hint("its metrics are: " + String.join(", ", metrics.keySet()));
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
