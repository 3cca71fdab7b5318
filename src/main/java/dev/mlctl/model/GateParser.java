package dev.mlctl.model;

import dev.mlctl.data.Numbers;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Gate.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Recursive descent over the grammar of {@link Gate}. */
final class GateParser {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_DEPTH = 50;

  private final String text;
  private final List<Gate.Metric> metrics = new ArrayList<>();
  private int p;
  private int depth;

  GateParser(String text) {
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
    return new Gate(text, left, right, operator, metrics);
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
    throw expected("<=, >=, <, > or ==");
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
        expect(")");
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
    boolean ofCurrent = name.equals("current") && take(".");
    Gate.Metric metric = new Gate.Metric(ofCurrent ? name() : name, slice(), ofCurrent);
    metrics.add(metric);
    String key = metric.key();
    return ofCurrent ? (c, r) -> r.get(key) : (c, r) -> c.get(key);
  }

  private String name() {
    skipSpace();
    int from = p;
    while (p < text.length() && (isDigit(text.charAt(p)) || isLetter(text.charAt(p)))) {
      p++;
    }
    if (from == p) {
      throw expected("a metric or a number");
    }
    return text.substring(from, p);
  }

  private Slice slice() {
    if (!take("[")) {
      return Slice.ALL;
    }
    List<Slice.Condition> conditions = new ArrayList<>();
    do {
      String column = word("a column", "=,]\"");
      expect("=");
      skipSpace();
      boolean quoted = p < text.length() && text.charAt(p) == '"';
      conditions.add(Slice.Condition.of(column, word("a value", ",]\""), quoted));
      if (conditions.stream().filter(c -> c.column().equals(column)).count() > 1) {
        throw wrong("a slice cannot have the column \"" + column + "\" twice");
      }
    } while (take(","));
    expect("]");
    return new Slice(conditions);
  }

  /** A quoted word, or what comes before a mark. */
  private String word(String what, String marks) {
    if (take("\"")) {
      return quoted();
    }
    int from = p;
    while (p < text.length() && marks.indexOf(text.charAt(p)) < 0) {
      p++;
    }
    String word = text.substring(from, p).strip();
    if (word.isEmpty()) {
      throw expected(what);
    }
    return word;
  }

  private String quoted() {
    int from = p;
    while (p < text.length()) {
      if (text.charAt(p) != '"') {
        p++;
      } else if (text.startsWith("\"\"", p)) {
        p += 2;
      } else {
        return text.substring(from, p++).replace("\"\"", "\"");
      }
    }
    throw wrong("the quote at character " + from + " is never closed");
  }

  private void expect(String token) {
    if (!take(token)) {
      throw expected(token);
    }
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

  private Failure expected(String what) {
    return wrong("expected " + what + " at character " + (p + 1));
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
