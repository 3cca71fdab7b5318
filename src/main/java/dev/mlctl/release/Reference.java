package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;

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
    Matcher exact = ReferenceText.EXACT.matcher(text);
    if (!exact.matches()) {
      throw ReferenceText.notAReference(text);
    }
    String number = exact.group(3);
    return new Release(
        exact.group(1),
        exact.group(2),
        number == null
            ? OptionalLong.empty()
            : OptionalLong.of(ReferenceText.number(text, number)));
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
}
