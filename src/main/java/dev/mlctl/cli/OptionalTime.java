package dev.mlctl.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets an option stand with or without a time: what comes after it is one only when it looks so,
 * and otherwise the next argument ({@code --watch monitor.yaml}).
 */
final class OptionalTime implements IParameterPreprocessor {
  private static final Duration DEFAULT = Duration.ofMinutes(5);

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> state) {
    boolean attached = !" ".equals(state.get("separator"));
    if (attached || (!arguments.isEmpty() && arguments.peek().matches("[0-9Pp-][0-9.A-Za-z]*"))) {
      return false;
    }
    option.setValue(DEFAULT);
    return true;
  }
}
