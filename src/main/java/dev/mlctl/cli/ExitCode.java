package dev.mlctl.cli;

import dev.mlctl.error.FailureKind;

/** The exit codes of design and manual. They are never renumbered. */
final class ExitCode {
  static final int OK = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int UNKNOWN_OUTCOME = 9;
  static final int GATE = 11;

  /** By a signal, as a shell would say it. */
  static final int TERMINATED = 143;

  private ExitCode() {}

  static int of(FailureKind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case INPUT -> 3;
      case INVALID -> 4;
      case TRUST -> 5;
      case CONFLICT -> 6;
      case NOT_FOUND -> 7;
      case STORAGE -> 8;
      case UNKNOWN_OUTCOME -> UNKNOWN_OUTCOME;
      case PIPELINE -> 10;
      case GATE -> GATE;
      case INTERRUPTED -> 130;
    };
  }
}
