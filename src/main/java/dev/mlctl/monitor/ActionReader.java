package dev.mlctl.monitor;

import dev.mlctl.config.Json;
import dev.mlctl.config.Settings;
import dev.mlctl.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Promotes {@code actions} and {@code on_critical} of monitor.yaml; what a shape cannot see is
 * added to the faults.
 */
final class ActionReader {
  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
  private static final Duration LONGEST_COMMAND = Duration.ofDays(1);
  private static final Duration LONGEST_TRAINING = Duration.ofDays(7);

  private final Path directory;
  private final List<Problem> faults;

  private ActionReader(Path directory, List<Problem> faults) {
    this.directory = directory;
    this.faults = faults;
  }

  static ActionsSpec read(Settings monitor, Path directory, List<Problem> faults) {
    ActionReader reader = new ActionReader(directory, faults);
    Settings actions = monitor.section("actions");
    ActionsSpec read =
        new ActionsSpec(
            reader.list(actions, "warning"),
            reader.list(actions, "critical"),
            reader.list(actions, "recovered"));
    return monitor.text("on_critical").equals("rollback") ? read.rollingBack() : read;
  }

  private List<Action> list(Settings actions, String key) {
    List<Action> list = new ArrayList<>();
    for (Settings action : actions.sections(key)) {
      action(action).ifPresent(list::add);
    }
    return list;
  }

  private Optional<Action> action(Settings action) {
    return switch (action.type()) {
      case "log" -> Optional.of(new Action.Log());
      case "file" -> path(action, "path").map(Action.File::new);
      case "webhook" ->
          WebhookReader.read(action, timeout(action, LONGEST_CALL), faults).map(call -> call);
      case "command" -> command(action);
      case "rollback" -> Optional.of(new Action.Rollback());
      case "retrain" -> retrain(action);
      default -> throw new IllegalArgumentException(action.type());
    };
  }

  private Optional<Action> command(Settings action) {
    List<String> command = new ArrayList<>(action.texts("command"));
    if (command.isEmpty() || command.get(0).isBlank()) {
      faults.add(action.problem("command", "no program is named"));
      return Optional.empty();
    }
    if (command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      faults.add(action.problem("command", "an argument holds a NUL character"));
      return Optional.empty();
    }
    String program = command.get(0);
    // As a shell has it: a name alone is looked for on the PATH, everything else is a path.
    if (program.indexOf('/') >= 0) {
      command.set(0, directory.resolve(program).toAbsolutePath().normalize().toString());
    }
    return Optional.of(new Action.Command(command, timeout(action, LONGEST_COMMAND)));
  }

  private Optional<Action> retrain(Settings action) {
    List<String> overrides = new ArrayList<>();
    if (action.toMap().get("set") instanceof Map<?, ?> set) {
      // JSON is a YAML flow value, so a text that looks like a number stays a text.
      set.forEach((key, value) -> overrides.add(key + "=" + Json.write(value)));
    }
    Optional<Path> signKey = action.has("sign_key") ? path(action, "sign_key") : Optional.empty();
    Duration timeout = timeout(action, LONGEST_TRAINING);
    return path(action, "config")
        .map(config -> new Action.Retrain(config, overrides, signKey, timeout));
  }

  private Optional<Path> path(Settings action, String key) {
    try {
      return Optional.of(directory.resolve(action.text(key)));
    } catch (InvalidPathException e) {
      faults.add(action.problem(key, "not a path: " + e.getReason()));
      return Optional.empty();
    }
  }

  private Duration timeout(Settings action, Duration longest) {
    try {
      Duration timeout = Duration.parse(action.text("timeout"));
      if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(longest) > 0) {
        faults.add(
            action
                .problem("timeout", "the timeout is not above 0 and at most " + longest)
                .hint("write PT5S or PT10M"));
      }
      return timeout;
    } catch (DateTimeException | ArithmeticException e) {
      faults.add(
          action.problem("timeout", "the timeout is no duration").hint("write PT5S or PT10M"));
      return longest;
    }
  }
}
