package dev.mlctl.monitor.action;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Action;
import dev.mlctl.monitor.action.Done.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Does what monitor.yaml asks for about one event. */
public final class Actions {
  private final Event event;
  private final ActionHost host;
  private final boolean dryRun;

  private Actions(Event event, ActionHost host, boolean dryRun) {
    this.event = event;
    this.host = host;
    this.dryRun = dryRun;
  }

  /**
   * Runs actions one after the other, each to its end whatever became of those before.
   *
   * @param actions in the order of their turns
   * @param dryRun only tell what would be done
   * @throws Failure of kind INTERRUPTED when the thread was, and for no other reason
   */
  public static List<ActionResult> run(
      List<Action> actions, Event event, ActionHost host, boolean dryRun) {
    Actions run = new Actions(event, host, dryRun);
    List<ActionResult> results = new ArrayList<>();
    for (Action action : actions) {
      long start = System.nanoTime();
      Done done = run.guarded(action);
      results.add(new ActionResult(action, done, (System.nanoTime() - start) / 1e9));
    }
    return results;
  }

  /** The one place where what went wrong becomes a value: no action may hide the next. */
  private Done guarded(Action action) {
    try {
      return act(action);
    } catch (Failure e) {
      if (e.kind() == FailureKind.INTERRUPTED) {
        throw e;
      }
      boolean unknown = e.kind() == FailureKind.UNKNOWN_OUTCOME;
      String at = e.problems().get(0).at();
      return new Done(
          unknown ? Outcome.UNKNOWN : Outcome.FAILED,
          e.getMessage() + (at.isEmpty() ? "" : " (" + at + ")"));
    } catch (RuntimeException e) {
      // Its message is nobody's work, so it may hold what is secret.
      return Done.failed("a bug in mlctl: " + e.getClass().getName());
    }
  }

  private Done act(Action action) {
    if (action instanceof Action.Rollback) {
      return host.rollback();
    } else if (action instanceof Action.Retrain retrain) {
      return host.retrain(retrain);
    } else if (dryRun) {
      return new Done(Outcome.WOULD, would(action));
    } else if (action instanceof Action.File file) {
      return AlertFile.append(file.path(), event);
    } else if (action instanceof Action.Webhook webhook) {
      return new WebhookCall(webhook, event).send();
    } else if (action instanceof Action.Command command) {
      return AlertCommand.run(command, event, host.environment());
    }
    event.lines().forEach(line -> host.log(event, line));
    return Done.done("logged");
  }

  private static String would(Action action) {
    if (action instanceof Action.File file) {
      return "would append the event to " + file.path();
    } else if (action instanceof Action.Webhook webhook) {
      return "would post the event to " + webhook.shown();
    } else if (action instanceof Action.Command command) {
      return "would run " + command.command().get(0);
    }
    return "would write to the log";
  }
}
