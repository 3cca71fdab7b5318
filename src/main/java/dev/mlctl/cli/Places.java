package dev.mlctl.cli;

import java.nio.file.Path;

/** Where a user's own files belong (XDG Base Directory Specification 0.8). */
final class Places {
  private Places() {}

  /** The user's configuration file, which may not exist. */
  static Path configuration(Terminal terminal) {
    return under(terminal, "XDG_CONFIG_HOME", ".config").resolve("config.yaml");
  }

  /** Where logs of errors are kept. */
  static Path state(Terminal terminal) {
    return under(terminal, "XDG_STATE_HOME", ".local/state");
  }

  /** Where the traces and logs of what failed are kept. */
  static Path errors(Terminal terminal) {
    return state(terminal).resolve("errors");
  }

  private static Path under(Terminal terminal, String variable, String inHome) {
    String given = terminal.variable(variable);
    Path base =
        given.isEmpty()
            ? Path.of(System.getProperty("user.home", ".")).resolve(inHome)
            : Path.of(given);
    return base.resolve("mlctl");
  }
}
