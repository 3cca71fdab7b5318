package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The user's Beam arguments with mlctl's defaults below them. */
final class BeamOptions {
  private static final Pattern SECRET =
      Pattern.compile("credential|secret|password|token|key", Pattern.CASE_INSENSITIVE);
  private static final Pattern NEAREST = Pattern.compile("Did you mean '([^']+)'");

  private BeamOptions() {}

  /**
   * Beam's options.
   *
   * @param runner what runs the pipeline
   * @param defaults arguments that the user's own take the place of
   * @param given the user's arguments
   * @param fixed arguments that take the place of the user's
   * @throws Failure of kind USAGE when Beam does not know an option or its value
   */
  static PipelineOptions of(
      Runner runner, List<String> defaults, List<String> given, List<String> fixed) {
    List<String> arguments = BeamArguments.merged(List.of(defaults, given, fixed));
    arguments.add("--runner=" + runner.beamName());
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw wrong(e, given);
    }
  }

  /**
   * Options for file systems alone, where no pipeline is run: what is not for them is passed over.
   */
  static PipelineOptions ofFiles(List<String> given) {
    List<String> arguments = BeamArguments.merged(List.of(given));
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
          .withoutStrictParsing()
          .create();
    } catch (IllegalArgumentException e) {
      throw wrong(e, given);
    }
  }

  private static Failure wrong(IllegalArgumentException e, List<String> given) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    List<String> names = new ArrayList<>();
    for (String argument : given) {
      if (message.contains("'" + BeamArguments.name(argument) + "'")) {
        names.add("--" + BeamArguments.name(argument));
      }
    }
    Matcher nearest = NEAREST.matcher(message);
    boolean unknown = message.contains("missing a property named");
    if (!unknown && given.stream().anyMatch(argument -> isSecret(BeamArguments.name(argument)))) {
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
