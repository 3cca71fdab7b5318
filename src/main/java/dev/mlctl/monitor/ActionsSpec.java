package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What to do about alerts: {@code actions} of monitor.yaml, checked. Each list is in the order of
 * its turns. Immutable.
 *
 * @param warning when the worst alert is a warning
 * @param critical when the worst alert is critical
 * @param recovered when a condemned release is ok again
 */
public record ActionsSpec(List<Action> warning, List<Action> critical, List<Action> recovered) {
  /** Nothing at all. */
  public static final ActionsSpec NONE = new ActionsSpec(List.of(), List.of(), List.of());

  /** Copies and sorts. */
  public ActionsSpec {
    warning = inTurn(warning);
    critical = inTurn(critical);
    recovered = inTurn(recovered);
  }

  private static List<Action> inTurn(List<Action> actions) {
    return actions.stream().sorted(Comparator.comparingInt(Action::turn)).toList();
  }

  /** What to do when the worst alert is of a severity. */
  public List<Action> of(Severity severity) {
    return switch (severity) {
      case OK, NOT_ENOUGH_DATA -> List.of();
      case WARNING -> warning;
      case CRITICAL -> critical;
    };
  }

  boolean rollsBackOnCritical() {
    return critical.stream().anyMatch(Action.Rollback.class::isInstance);
  }

  /** The same with a rollback when critical. */
  ActionsSpec rollingBack() {
    if (rollsBackOnCritical()) {
      return this;
    }
    List<Action> more = new ArrayList<>(critical);
    more.add(new Action.Rollback());
    return new ActionsSpec(warning, more, recovered);
  }
}
