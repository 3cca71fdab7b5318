package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.util.Locale;

/** What models and environments may be called, so that a name is also a safe folder name. */
final class Names {
  private Names() {}

  /**
   * The name itself, when it is a good one.
   *
   * @param what "model" or "environment", for the message
   * @param name the name as given
   * @throws Failure of kind USAGE otherwise
   */
  static String check(String what, String name) {
    if (isName(name)) {
      return name;
    }
    Failure failure =
        Failure.of(
            FailureKind.USAGE,
            "%s is not %s name",
            name.isEmpty() ? "the empty string" : "\"" + name + "\"",
            what.equals("environment") ? "an environment" : "a " + what);
    String lower = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    throw isName(lower) && !lower.equals(name)
        ? failure.hint("did you mean \"" + lower + "\"?")
        : failure.hint(
            "use 1 to 63 lower-case letters, digits, dots, underscores and dashes,"
                + " a letter or digit first");
  }

  static boolean isName(String name) {
    return Bundle.isName(name);
  }
}
