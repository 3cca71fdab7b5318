package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How references are written, and what people write instead. */
final class ReferenceText {
  static final Pattern EXACT = Pattern.compile("([^@#/\\\\]*)@([^@#/\\\\]*)(?:#(.*))?");
  private static final Pattern NEAR =
      Pattern.compile("([A-Za-z0-9._-]+)[@:/]([A-Za-z0-9._-]+?)(?:[@:#/]v?([0-9]+))?");
  private static final Pattern NAME_ALONE = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  private ReferenceText() {}

  static long number(String text, String number) {
    if (number.matches("[0-9]{1,18}") && !number.matches("0+")) {
      return Long.parseLong(number);
    }
    throw Failure.of(FailureKind.USAGE, "\"%s\" is not a release number", number)
        .at(text)
        .hint("write a whole number from 1, or leave out # for the current release");
  }

  static Failure notAReference(String text) {
    Failure failure = Failure.of(FailureKind.USAGE, "\"%s\" is not a reference to a model", text);
    Matcher near = NEAR.matcher(text);
    if (near.matches()) {
      String release = near.group(3) == null ? "" : "#" + near.group(3);
      String meant = near.group(1) + "@" + near.group(2) + release;
      return failure.hint("did you mean \"" + meant.toLowerCase(Locale.ROOT) + "\"?");
    }
    if (NAME_ALONE.matcher(text).matches()) {
      return failure.hint("name the environment too, such as \"" + text + "@prod\"");
    }
    return failure.hint("write NAME@ENV, NAME@ENV#RELEASE or the path of a .mlb file");
  }
}
