package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beam options as command-line arguments. No class of Beam is needed to work with them. */
final class BeamArguments {
  private static final Pattern ARGUMENT =
      Pattern.compile("--([A-Za-z][A-Za-z0-9_-]*)(=.*)?", Pattern.DOTALL);
  private static final Pattern SEPARATOR = Pattern.compile("[-_]([A-Za-z0-9])");

  private BeamArguments() {}

  /**
   * The name of an argument's option as Beam's Java SDK writes it: {@code flinkMaster}, also for
   * {@code --flink-master} and {@code --flink_master}.
   *
   * @throws Failure of kind USAGE when it is no option, or one that is not Beam's business
   */
  static String name(String argument) {
    Matcher matcher = ARGUMENT.matcher(argument);
    if (!matcher.matches() || matcher.group(1).equals("help")) {
      throw Failure.of(FailureKind.USAGE, "not a Beam option: %s", argument)
          .hint("Beam options are written --name=value");
    }
    if (matcher.group(1).equals("runner")) {
      throw Failure.of(FailureKind.USAGE, "the runner is not a Beam option here: %s", argument)
          .hint("set runner: in the file, or --runner before the --");
    }
    return SEPARATOR.matcher(matcher.group(1)).replaceAll(m -> upper(m.group(1)));
  }

  private static String upper(String letter) {
    return letter.toUpperCase(Locale.ROOT);
  }

  /** The names of options that are given. */
  static List<String> names(List<String> given) {
    return given.stream().map(BeamArguments::name).toList();
  }

  /**
   * One argument for each option.
   *
   * @param layers arguments; what comes later wins
   */
  static List<String> merged(List<List<String>> layers) {
    Map<String, String> merged = new LinkedHashMap<>();
    for (List<String> layer : layers) {
      for (String argument : layer) {
        String name = name(argument);
        int value = argument.indexOf('=');
        merged.put(name, "--" + name + (value < 0 ? "" : argument.substring(value)));
      }
    }
    return new ArrayList<>(merged.values());
  }
}
