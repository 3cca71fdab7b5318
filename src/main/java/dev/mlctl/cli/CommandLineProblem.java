package dev.mlctl.cli;

import dev.mlctl.error.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in mlctl's own words rather than picocli's. */
final class CommandLineProblem {
  private CommandLineProblem() {}

  static Problem of(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      String names =
          missing.getMissing().stream()
              .map(CommandLineProblem::name)
              .collect(Collectors.joining(", "));
      return Problem.of("missing " + names).hint(help(e));
    }
    if (e.getArgSpec() != null && e.getValue() != null) {
      String what = name(e.getArgSpec());
      return Problem.of("\"%s\" is not %s for %s".formatted(e.getValue(), kind(e), what))
          .hint(help(e));
    }
    String message = e.getMessage() == null ? "bad command line" : e.getMessage();
    String line = message.lines().findFirst().orElse("").replace('\'', '"');
    return Problem.of(line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1))
        .hint(help(e));
  }

  private static Problem unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().get(0);
    boolean command = e.getCommandLine().getParent() == null;
    String what =
        e.isUnknownOption()
            ? "unknown option"
            : command ? "unknown command" : "unexpected argument";
    List<String> near = e.isUnknownOption() || command ? e.getSuggestions() : List.of();
    return Problem.of("%s \"%s\"".formatted(what, argument))
        .hint(near.isEmpty() ? help(e) : "did you mean \"" + near.get(0) + "\"?");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static String kind(ParameterException e) {
    Class<?> type = e.getArgSpec().type();
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (type == Duration.class) {
      return "a time such as " + DurationText.EXAMPLES;
    }
    boolean whole = type == Long.class || type == Integer.class;
    return whole ? "a whole number" : "a value";
  }

  private static String help(ParameterException e) {
    CommandLine line = e.getCommandLine();
    return "see \"" + line.getCommandSpec().qualifiedName() + " --help\"";
  }
}
