package dev.mlctl.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted YAML scalar is.
 *
 * <p>The types are those of the YAML 1.2 core schema (specification 1.2.2, section 10.3.2). A
 * scalar that YAML 1.1 readers (PyYAML, SnakeYAML, Ruby) take for something else, or that the core
 * schema spells in a way people do not recognise, is {@link #AMBIGUOUS}, which is always an error:
 * the person who wrote it must say what was meant. One difference is let through: {@code 1e-3} is a
 * number here though YAML 1.1 wants {@code 1.0e-3}, since nobody means a text by it.
 */
enum ScalarKind {
  NOTHING,
  BOOL,
  INTEGER,
  DECIMAL,
  TEXT,
  AMBIGUOUS;

  private static final Pattern INTEGER_FORM = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL_FORM =
      Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private static final Set<String> BOOL_OR_NULL_WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  /** Numbers in YAML 1.1 alone, or in both but written as no JSON reader would accept. */
  private static final Pattern AMBIGUOUS_FORM =
      Pattern.compile(
          "[-+]?0[bB][01_]+"
              + "|[-+]?0[oO][0-7_]+"
              + "|[-+]?0[xX][0-9a-fA-F_]+"
              // leading zeros and digit separators
              + "|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.[0-9_]+([eE][-+]?[0-9]+)?"
              // base 60: 190:20:30; bounded, since a repeated group costs stack
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9]){1,20}(\\.[0-9_]*)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
              // dates and times
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?"
              + "|=|<<");

  static ScalarKind of(String plain) {
    if (plain.isEmpty() || plain.equals("~") || plain.equals("null")) {
      return NOTHING;
    } else if (plain.equals("true") || plain.equals("false")) {
      return BOOL;
    } else if (INTEGER_FORM.matcher(plain).matches()) {
      return INTEGER;
    } else if (DECIMAL_FORM.matcher(plain).matches()) {
      return DECIMAL;
    }
    boolean ambiguous =
        BOOL_OR_NULL_WORDS.contains(plain.toLowerCase(Locale.ROOT))
            || AMBIGUOUS_FORM.matcher(plain).matches();
    return ambiguous ? AMBIGUOUS : TEXT;
  }

  /** Not a date and not one of the signs {@code =} and {@code <<}. */
  private static boolean isNumberLike(String plain) {
    boolean date = plain.length() > 4 && plain.charAt(4) == '-';
    return plain.length() > 1 && !date && !plain.equals("<<");
  }

  /** How to say what was meant by an ambiguous scalar. */
  static String advice(String plain) {
    String quoted = Node.Scalar.quoted(plain) + " in quotes if it is a text";
    return switch (plain.toLowerCase(Locale.ROOT)) {
      case "y", "n", "yes", "no", "on", "off", "true", "false" ->
          "write true or false if it is a switch, " + quoted;
      case "null" -> "write null for nothing, " + quoted;
      default ->
          "write " + quoted + (isNumberLike(plain) ? "; write numbers like 12, 0.5, 1e-3" : "");
    };
  }
}
