package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The user's Beam arguments with mlctl's defaults below them. */
final class BeamOptions {
  private static final Pattern ARGUMENT =
      Pattern.compile("--([A-Za-z][A-Za-z0-9_]*)(=.*)?", Pattern.DOTALL);
  private static final Pattern SECRET =
      Pattern.compile("credential|secret|password|token|key", Pattern.CASE_INSENSITIVE);
  private static final Pattern NEAREST = Pattern.compile("Did you mean '([^']+)'");

  private BeamOptions() {}

  /**
   * Options for the direct runner.
   *
   * @param given arguments {@code --name=value}; the last of a name wins
   * @param parallelism how many parts are scored at once unless the user says otherwise
   * @param enforce whether the runner checks that steps leave their elements alone: of use in
   *     tests, and several times slower
   * @throws Failure of kind USAGE when Beam does not know an option or its value
   */
  static PipelineOptions direct(List<String> given, int parallelism, boolean enforce) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("runner", "--runner=DirectRunner");
    arguments.put("targetParallelism", "--targetParallelism=" + parallelism);
    arguments.put("enforceImmutability", "--enforceImmutability=" + enforce);
    arguments.put("enforceEncodability", "--enforceEncodability=" + enforce);
    for (String argument : given) {
      arguments.put(name(argument), argument);
    }
    // A run in the background would outlive the command that must tell how it ended.
    arguments.put("blockOnRun", "--blockOnRun=true");
    try {
      return PipelineOptionsFactory.fromArgs(arguments.values().toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw wrong(e, given);
    }
  }

  /**
   * Options for file systems alone, where no pipeline is run: what is not for them is passed over.
   */
  static PipelineOptions ofFiles(List<String> given) {
    given.forEach(BeamOptions::name);
    try {
      return PipelineOptionsFactory.fromArgs(given.toArray(String[]::new))
          .withoutStrictParsing()
          .create();
    } catch (IllegalArgumentException e) {
      throw wrong(e, given);
    }
  }

  /** The names of options that are given. */
  static List<String> names(List<String> given) {
    return given.stream().map(BeamOptions::name).toList();
  }

  private static String name(String argument) {
    Matcher matcher = ARGUMENT.matcher(argument);
    if (!matcher.matches() || matcher.group(1).equals("help")) {
      throw Failure.of(FailureKind.USAGE, "not a Beam option: %s", argument)
          .hint("Beam options are written --name=value");
    }
    if (matcher.group(1).equals("runner")) {
      throw Failure.of(FailureKind.USAGE, "the runner is not a Beam option here: %s", argument)
          .hint("set runner: in the file, or --runner before the --");
    }
    return matcher.group(1);
  }

  private static Failure wrong(IllegalArgumentException e, List<String> given) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    List<String> names = new ArrayList<>();
    for (String argument : given) {
      if (message.contains("'" + name(argument) + "'")) {
        names.add("--" + name(argument));
      }
    }
    Matcher nearest = NEAREST.matcher(message);
    boolean unknown = message.contains("missing a property named");
    if (!unknown && given.stream().anyMatch(argument -> isSecret(name(argument)))) {
      // Beam's message quotes what it cannot read, so neither it nor its trace is passed on.
      return Failure.of(FailureKind.USAGE, "Beam refuses its options")
          .hint("the reason is not shown, because credentials are among them");
    }
    if (names.isEmpty() || !unknown) {
      return Failure.of(FailureKind.USAGE, "Beam refuses its options: %s", firstSentence(message))
          .causedBy(e);
    }
    Failure failure =
        Failure.of(FailureKind.USAGE, "unknown Beam option %s", names.get(0)).causedBy(e);
    return nearest.find() ? failure.hint("did you mean --" + nearest.group(1) + "?") : failure;
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name).find();
  }

  private static String firstSentence(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
