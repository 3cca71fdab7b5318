package dev.mlctl.error;

import java.util.Objects;

/**
 * One fault, as a person reads it.
 *
 * @param message what is wrong, naming the act, the object and the reason; one line, no full stop
 * @param at where: {@code file}, {@code file:line} or {@code file:line:column} (both from 1), or
 *     empty when the fault has no place
 * @param hint what to do about it, or empty
 */
public record Problem(String message, String at, String hint) {
  /** Checks that no part is null. */
  public Problem {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(hint, "hint");
  }

  /** A fault without a place or a hint. */
  public static Problem of(String message) {
    return new Problem(message, "", "");
  }

  /** The same fault at a place. */
  public Problem at(String place) {
    return new Problem(message, place, hint);
  }

  /** The same fault with advice. */
  public Problem hint(String advice) {
    return new Problem(message, at, advice);
  }
}
