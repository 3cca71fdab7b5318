package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of keys, with the meaning that globs of local files have: {@code *} and {@code ?} stay
 * within a name, {@code [a-c]}, {@code [!a-c]} and <code>{csv,tsv}</code> as in a shell, {@code **}
 * as a name of its own stands for any number of directories, and a backslash takes a character as
 * it is. A wildcard never stands for a dot at the start of a name.
 */
final class RemoteGlob {
  private static final String NOT_HIDDEN = "(?!\\.)";
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{\\\\]");

  private final String pattern;
  private final Pattern regex;

  private RemoteGlob(String pattern, Pattern regex) {
    this.pattern = pattern;
    this.regex = regex;
  }

  /** Whether a key is a pattern rather than a name. */
  static boolean isGlob(String key) {
    return SPECIAL.matcher(key).find();
  }

  /**
   * Reads a pattern.
   *
   * @throws Failure of kind USAGE when a bracket or a brace is not closed
   */
  static RemoteGlob of(String pattern) {
    StringBuilder regex = new StringBuilder();
    String[] names = pattern.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (names[i].equals("**")) {
        regex.append("(?:" + NOT_HIDDEN + "[^/]+/)*").append(last ? NOT_HIDDEN + "[^/]+" : "");
      } else {
        appendName(names[i], pattern, regex);
        regex.append(last ? "" : "/");
      }
    }
    return new RemoteGlob(pattern, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  private static void appendName(String name, String pattern, StringBuilder regex) {
    if (!name.startsWith(".")) {
      regex.append(NOT_HIDDEN);
    }
    boolean inGroup = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> i = appendClass(name, i, pattern, regex);
        case '{' -> {
          require(!inGroup && name.indexOf('}', i) > 0, pattern);
          inGroup = true;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(inGroup ? ")" : "\\}");
          inGroup = false;
        }
        case ',' -> regex.append(inGroup ? "|" : ",");
        case '\\' -> {
          require(i + 1 < name.length(), pattern);
          regex.append(Pattern.quote(name.substring(++i, i + 1)));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
  }

  /** A set of characters; returns where its closing bracket is. */
  private static int appendClass(String name, int open, String pattern, StringBuilder regex) {
    boolean negated = name.startsWith("!", open + 1);
    int first = negated ? open + 2 : open + 1;
    int close = name.indexOf(']', first + 1);
    require(close > 0, pattern);
    String set = name.substring(first, close).replaceAll("[\\\\\\[&^]", "\\\\$0");
    regex.append(negated ? "[^/" : "[").append(set).append("]");
    return close;
  }

  private static void require(boolean holds, String pattern) {
    if (!holds) {
      throw Failure.of(FailureKind.USAGE, "not a pattern: a bracket or brace is not closed")
          .at(pattern);
    }
  }

  boolean matches(String key) {
    return regex.matcher(key).matches();
  }

  /** Whether keys below a directory may match, as far as its own key tells. */
  boolean mayMatchBelow(String directory) {
    Matcher matcher = regex.matcher(directory + "/");
    return matcher.matches() || matcher.hitEnd();
  }

  /** The directory that everything that matches is in. */
  String directory() {
    Matcher special = SPECIAL.matcher(pattern);
    String literal = special.find() ? pattern.substring(0, special.start()) : pattern;
    return literal.substring(0, Math.max(0, literal.lastIndexOf('/')));
  }

  /**
   * A pattern of Beam's that matches at least the same keys: Beam has no braces, no negation and
   * wants a directory where {@code **} may stand for none.
   */
  String forBeam() {
    return pattern
        .replaceAll("\\\\.", "?")
        .replaceAll("\\[!?.[^\\]]*\\]", "?")
        .replaceAll("\\{[^}]*\\}", "*")
        .replace("**/", "**");
  }
}
