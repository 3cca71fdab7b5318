package dev.mlctl.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
public final class Nearest {
  /** Names longer than this are not typed by hand, and the comparison is quadratic. */
  private static final int LONGEST = 100;

  private Nearest() {}

  /**
   * The known name nearest to a given one, when it is close: at most one slip in three characters
   * (a character added, left out or wrong, or two neighbours swapped). Case, and hyphen for
   * underscore, do not count. Of equally near names the first is taken.
   */
  public static Optional<String> name(String given, Collection<String> known) {
    String wanted = folded(given);
    if (wanted.isEmpty() || wanted.length() > LONGEST) {
      return Optional.empty();
    }
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      if (name.length() > LONGEST) {
        continue;
      }
      int distance = distance(wanted, folded(name));
      int allowed = Math.max(wanted.length(), name.length()) / 3;
      if (distance <= allowed && distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A hint for an unknown name: the nearest known one, else all of them when they are few. */
  static String hint(String given, Collection<String> known, String plural) {
    Optional<String> nearest = name(given, known);
    if (nearest.isPresent()) {
      return "did you mean \"" + nearest.get() + "\"?";
    }
    boolean few = !known.isEmpty() && known.size() <= 20;
    return few ? "known " + plural + ": " + String.join(", ", known) : "";
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * The optimal string alignment distance: Damerau's four errors (CACM 7(3), 1964), no part edited
   * twice.
   */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + wrong, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
