package dev.mlctl.monitor.action;

import dev.mlctl.monitor.Action;
import java.util.Map;

/** What actions need of the program around them. */
public interface ActionHost {
  /** Writes a line into the log. */
  void log(Event event, String line);

  /** Goes back to the last good release, or in a trial tells which that is. */
  Done rollback();

  /** Trains anew and deploys, or in a trial tells whether it could begin. */
  Done retrain(Action.Retrain action);

  /** Environment variables for a program that is started, beside those of this process. */
  Map<String, String> environment();
}
