package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user names when a command wants a model. */
public sealed interface Reference {
  /**
   * A release in the registry: {@code bikes@prod} or {@code bikes@prod#7}.
   *
   * @param model the model's name
   * @param env the environment's name
   * @param number the release, or empty for the current one
   */
  record Release(String model, String env, OptionalLong number) implements Reference {
    /** Checks the names and that the number, if any, is positive. */
    public Release {
      Names.check("model", model);
      Names.check("environment", env);
      if (number.isPresent() && number.getAsLong() < 1) {
        throw Failure.of(FailureKind.USAGE, "release numbers start at 1");
      }
    }

    /** The reference as a user writes it. */
    @Override
    public String toString() {
      return model + "@" + env + (number.isPresent() ? "#" + number.getAsLong() : "");
    }
  }

  /**
   * A bundle file outside any registry.
   *
   * @param path the file, which may not exist
   */
  record BundleFile(Path path) implements Reference {
    /** The path as a user writes it. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Reads a reference. What ends in {@code .mlb} or names an existing file is a file.
   *
   * @throws Failure of kind USAGE when it is none, with the nearest thing it could have meant
   */
  static Reference parse(String text) {
    if (text.endsWith(".mlb") || isFile(text)) {
      return new BundleFile(Path.of(text));
    }
    Matcher exact = Parts.EXACT.matcher(text);
    if (!exact.matches()) {
      throw Parts.notAReference(text);
    }
    String number = exact.group(3);
    return new Release(
        exact.group(1),
        exact.group(2),
        number == null ? OptionalLong.empty() : OptionalLong.of(Parts.number(text, number)));
  }

  /**
   * Reads {@code NAME@ENV}, for commands that act on the log as a whole.
   *
   * @throws Failure of kind USAGE when it is anything else
   */
  static Release parseTarget(String text) {
    Reference reference = parse(text);
    if (reference instanceof Release release && release.number().isEmpty()) {
      return release;
    }
    Failure failure =
        Failure.of(FailureKind.USAGE, "\"%s\" does not name a model in an environment", text);
    throw reference instanceof Release release
        ? failure.hint("leave out the release: " + release.model() + "@" + release.env())
        : failure.hint("write NAME@ENV, such as bikes@prod");
  }

  private static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** How references are written, and what people write instead. */
  final class Parts {
    private static final Pattern EXACT = Pattern.compile("([^@#/\\\\]*)@([^@#/\\\\]*)(?:#(.*))?");
    private static final Pattern NEAR =
        Pattern.compile("([A-Za-z0-9._-]+)[@:/]([A-Za-z0-9._-]+?)(?:[@:#/]v?([0-9]+))?");
    private static final Pattern NAME_ALONE = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private Parts() {}

    private static long number(String text, String number) {
      if (number.matches("[0-9]{1,18}") && !number.matches("0+")) {
        return Long.parseLong(number);
      }
      throw Failure.of(FailureKind.USAGE, "\"%s\" is not a release number", number)
          .at(text)
          .hint("write a whole number from 1, or leave out # for the current release");
    }

    private static Failure notAReference(String text) {
      Failure failure =
          Failure.of(FailureKind.USAGE, "\"%s\" is not a reference to a model", text);
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
}
