package dev.mlctl.error;

import java.util.List;
import java.util.Objects;

/**
 * The one exception that means "this command cannot go on". It carries a kind, at least one {@link
 * Problem} and, where there is one, the cause.
 *
 * <p>{@link #at} and {@link #hint} return a new failure, so one may be built in a single
 * expression: {@code throw Failure.of(INPUT, "the file is empty").at("a.csv").hint("…")}.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final transient List<Problem> problems;

  /**
   * A failure with several problems, all to be shown.
   *
   * @param problems at least one
   * @param cause what made it fail, or null
   */
  public Failure(FailureKind kind, List<Problem> problems, Throwable cause) {
    super(problems.get(0).message(), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.problems = List.copyOf(problems);
  }

  /** A failure with one problem; the message is formatted only when arguments are given. */
  public static Failure of(FailureKind kind, String message, Object... arguments) {
    String text = arguments.length == 0 ? message : String.format(message, arguments);
    return new Failure(kind, List.of(Problem.of(text)), null);
  }

  /** The same failure at a place ({@code file:line:column}). */
  public Failure at(String place) {
    return new Failure(kind, List.of(problems.get(0).at(place)), getCause());
  }

  /** The same failure with advice. */
  public Failure hint(String advice) {
    return new Failure(kind, List.of(problems.get(0).hint(advice)), getCause());
  }

  /** The same failure with its cause kept. */
  public Failure causedBy(Throwable cause) {
    return new Failure(kind, problems, cause);
  }

  /** Why the command cannot go on. */
  public FailureKind kind() {
    return kind;
  }

  /** Every fault, in the order found; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
