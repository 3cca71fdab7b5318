package dev.mlctl.format;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;

/** What a file that is not as it must be is called. */
final class Damage {
  private Damage() {}

  /** The file does not hold together. */
  static Failure of(String file, String what) {
    return Failure.of(FailureKind.INPUT, "the file is damaged: " + what).at(file);
  }

  /** The file may be sound but asks for what this program does not do. */
  static Failure unsupported(String file, String what) {
    return Failure.of(FailureKind.INPUT, what).at(file);
  }
}
