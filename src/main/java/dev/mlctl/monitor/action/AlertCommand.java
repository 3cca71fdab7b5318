package dev.mlctl.monitor.action;

import dev.mlctl.monitor.Action;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A program of the user's that hears of alerts. */
final class AlertCommand {
  private static final int KEPT = 4096;
  private static final int LONGEST_LINE = 200;

  private AlertCommand() {}

  /**
   * Runs it. What it prints is read and, but for the last line of a failed one, dropped: standard
   * output is ours, and a flood would drown what else is told.
   */
  static Done run(Action.Command action, Event event, Map<String, String> environment) {
    String program = action.command().get(0);
    ProcessBuilder builder = new ProcessBuilder(action.command()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().putAll(variables(event));
    Child.Ended ended;
    try {
      ended = Child.run(builder, event.toBytes(), action.timeout(), KEPT, line -> {});
    } catch (IOException e) {
      // The message would repeat the arguments.
      return Done.failed("cannot start " + program + ": not found, or not executable");
    }
    if (ended.code().isEmpty()) {
      return Done.failed(program + " was ended after " + seconds(action));
    }
    int code = ended.code().getAsInt();
    return code == 0
        ? Done.done("ran " + program)
        : Done.failed(program + " ended with exit code " + code + lastLine(ended.out()));
  }

  /** Named so that none is an option's default for an mlctl that the program may run. */
  private static Map<String, String> variables(Event event) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MLCTL_ALERT_ID", event.id());
    variables.put("MLCTL_ALERT_RELEASE", event.release());
    variables.put("MLCTL_ALERT_SEVERITY", event.severity().word());
    variables.put("MLCTL_ALERT_SUMMARY", event.summary());
    return variables;
  }

  private static String seconds(Action.Command action) {
    return action.timeout().toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String lastLine(String out) {
    List<String> lines = out.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String last = lines.get(lines.size() - 1).replaceAll("\\p{Cntrl}", "?").strip();
    return ": " + (last.length() <= LONGEST_LINE ? last : last.substring(0, LONGEST_LINE) + "…");
  }
}
