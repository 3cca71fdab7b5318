package dev.mlctl.model;

import dev.mlctl.data.Numbers;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A condition on metrics, such as {@code r2 >= 0.85} or {@code rmse <= 1.02 * current.rmse}.
 * Immutable.
 *
 * <pre>
 * gate   = sum ( "&lt;=" | "&gt;=" | "&lt;" | "&gt;" | "==" ) sum
 * sum    = product { ( "+" | "-" ) product }
 * product = factor { ( "*" | "/" ) factor }
 * factor = number | metric | "current." metric | "(" sum ")" | "-" factor
 * </pre>
 *
 * A plain metric is the candidate's; {@code current.} asks for that of the current release.
 */
public final class Gate {
  private final String text;
  private final Expression left;
  private final Expression right;
  private final BiPredicate<Double, Double> operator;
  private final boolean comparesWithCurrent;

  private Gate(
      String text,
      Expression left,
      Expression right,
      BiPredicate<Double, Double> operator,
      boolean comparesWithCurrent) {
    this.text = text;
    this.left = left;
    this.right = right;
    this.operator = operator;
    this.comparesWithCurrent = comparesWithCurrent;
  }

  /** A value that depends on the candidate's and the current release's metrics. */
  private interface Expression {
    double value(Map<String, Double> candidate, Map<String, Double> current);
  }

  /**
   * Parses a gate.
   *
   * @throws Failure of kind USAGE when it is not one
   */
  public static Gate parse(String text) {
    return new Parser(text).gate();
  }

  /** The gate as written. */
  public String text() {
    return text;
  }

  /**
   * Judges the gate.
   *
   * @param candidate the candidate's metrics
   * @param current the current release's metrics, or null when there is none
   * @throws Failure of kind USAGE when it names a metric that is not there
   */
  public GateResult evaluate(Map<String, Double> candidate, Map<String, Double> current) {
    if (comparesWithCurrent && current == null) {
      return new GateResult(
          text, GateResult.Outcome.SKIPPED, Double.NaN, Double.NaN, "there is no current release");
    }
    double a = left.value(candidate, current);
    double b = right.value(candidate, current);
    boolean holds = operator.test(a, b);
    return new GateResult(
        text, holds ? GateResult.Outcome.PASSED : GateResult.Outcome.FAILED, a, b, "");
  }

  @Override
  public String toString() {
    return text;
  }

  /** Recursive descent over the grammar above. */
  private static final class Parser {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_DEPTH = 50;

    private final String text;
    private int p;
    private int depth;
    private boolean current;

    Parser(String text) {
      this.text = text;
      if (text.length() > MAX_LENGTH) {
        throw wrong("it is longer than " + MAX_LENGTH + " characters");
      }
    }

    Gate gate() {
      Expression left = sum();
      BiPredicate<Double, Double> operator = operator();
      Expression right = sum();
      skipSpace();
      if (p < text.length()) {
        throw wrong("it goes on with \"" + text.substring(p) + "\"");
      }
      return new Gate(text, left, right, operator, current);
    }

    private BiPredicate<Double, Double> operator() {
      if (take("<=")) {
        return (a, b) -> a <= b;
      }
      if (take(">=")) {
        return (a, b) -> a >= b;
      }
      if (take("<")) {
        return (a, b) -> a < b;
      }
      if (take(">")) {
        return (a, b) -> a > b;
      }
      if (take("==")) {
        return (a, b) -> a.doubleValue() == b.doubleValue();
      }
      throw wrong("expected <=, >=, <, > or == at character " + (p + 1));
    }

    private Expression sum() {
      Expression sum = product();
      while (true) {
        Expression a = sum;
        if (take("+")) {
          Expression b = product();
          sum = (c, r) -> a.value(c, r) + b.value(c, r);
        } else if (take("-")) {
          Expression b = product();
          sum = (c, r) -> a.value(c, r) - b.value(c, r);
        } else {
          return sum;
        }
      }
    }

    private Expression product() {
      Expression product = factor();
      while (true) {
        Expression a = product;
        if (take("*")) {
          Expression b = factor();
          product = (c, r) -> a.value(c, r) * b.value(c, r);
        } else if (take("/")) {
          Expression b = factor();
          product = (c, r) -> a.value(c, r) / b.value(c, r);
        } else {
          return product;
        }
      }
    }

    private Expression factor() {
      if (++depth > MAX_DEPTH) {
        throw wrong("it is nested too deeply");
      }
      try {
        if (take("-")) {
          Expression a = factor();
          return (c, r) -> -a.value(c, r);
        }
        if (take("(")) {
          Expression inner = sum();
          if (!take(")")) {
            throw wrong("expected ) at character " + (p + 1));
          }
          return inner;
        }
        skipSpace();
        boolean digit = p < text.length() && (isDigit(text.charAt(p)) || text.charAt(p) == '.');
        return digit ? number() : metric();
      } finally {
        depth--;
      }
    }

    private Expression number() {
      int from = p;
      while (p < text.length() && (isDigit(text.charAt(p)) || ".eE".indexOf(text.charAt(p)) >= 0)) {
        boolean exponent = Character.toLowerCase(text.charAt(p)) == 'e';
        p++;
        if (exponent && p < text.length() && "+-".indexOf(text.charAt(p)) >= 0) {
          p++;
        }
      }
      double value = Numbers.parse(text.substring(from, p));
      if (Double.isNaN(value)) {
        throw wrong("\"" + text.substring(from, p) + "\" is not a number");
      }
      return (c, r) -> value;
    }

    private Expression metric() {
      String name = name();
      if (!name.equals("current") || !take(".")) {
        return (c, r) -> metric(c, name, "the candidate");
      }
      current = true;
      String metric = name();
      return (c, r) -> metric(r, metric, "the current release");
    }

    private String name() {
      skipSpace();
      int from = p;
      while (p < text.length() && (isDigit(text.charAt(p)) || isLetter(text.charAt(p)))) {
        p++;
      }
      if (from == p) {
        throw wrong("expected a metric or a number at character " + (p + 1));
      }
      return text.substring(from, p);
    }

    private double metric(Map<String, Double> metrics, String name, String whose) {
      Double value = metrics.get(name);
      if (value == null) {
        throw Failure.of(
                FailureKind.USAGE, "gate \"%s\": %s has no metric \"%s\"", text, whose, name)
            .hint("its metrics are: " + String.join(", ", metrics.keySet()));
      }
      return value;
    }

    private boolean take(String token) {
      skipSpace();
      if (text.startsWith(token, p)) {
        p += token.length();
        return true;
      }
      return false;
    }

    private void skipSpace() {
      while (p < text.length() && text.charAt(p) == ' ') {
        p++;
      }
    }

    private Failure wrong(String why) {
      return Failure.of(FailureKind.USAGE, "cannot read the gate \"%s\": %s", text, why)
          .hint("a gate reads like \"r2 >= 0.85\" or \"rmse <= 1.02 * current.rmse\"");
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
  }
}
