package dev.mlctl.monitor.action;

import java.util.Locale;
import java.util.Objects;

/**
 * How an action ended.
 *
 * @param outcome in a word
 * @param detail one line for a person; holds no secret
 */
public record Done(Outcome outcome, String detail) {
  /** How an action can end. */
  public enum Outcome {
    /** As it was meant. */
    DONE,
    /** Not, because it was only a trial. */
    WOULD,
    /** Nothing was to be done, or nothing was changed. */
    UNCHANGED,
    /** Not, and nothing was changed. */
    FAILED,
    /** Nobody knows. */
    UNKNOWN;

    /** The name as printed: {@code failed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody should look into it. */
    public boolean isBad() {
      return this == FAILED || this == UNKNOWN;
    }
  }

  /** Checks that no part is null. */
  public Done {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(detail, "detail");
  }

  /** It went as it was meant. */
  public static Done done(String detail) {
    return new Done(Outcome.DONE, detail);
  }

  /** It did not. */
  public static Done failed(String detail) {
    return new Done(Outcome.FAILED, detail);
  }
}
