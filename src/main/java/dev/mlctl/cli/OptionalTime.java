package dev.mlctl.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets an option stand with or without a time: what comes after it is one only when it looks so,
 * and otherwise the next argument ({@code --watch monitor.yaml}).
 */
final class OptionalTime implements IParameterPreprocessor {
  private static final Duration DEFAULT = Duration.ofMinutes(5);
  private static final Pattern TIME = Pattern.compile("(?i)-?(PT?-?)?[0-9][0-9.dhmst]*");

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> state) {
    boolean attached = !" ".equals(state.get("separator"));
    if (attached || (!arguments.isEmpty() && isTime(arguments.peek()))) {
      return false;
    }
    option.setValue(DEFAULT);
    return true;
  }

  /** Good or bad: "-5s" is meant as a time, "p1.yaml" and "-q" are not. */
  static boolean isTime(String argument) {
    return TIME.matcher(argument).matches();
  }
}
