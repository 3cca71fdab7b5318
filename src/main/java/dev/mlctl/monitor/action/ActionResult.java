package dev.mlctl.monitor.action;

import dev.mlctl.monitor.Action;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of an action.
 *
 * @param action as monitor.yaml asks for it
 * @param done how it ended
 * @param seconds how long it took
 */
public record ActionResult(Action action, Done done, double seconds) {
  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", action.type());
    map.put("outcome", done.outcome().word());
    map.put("detail", done.detail());
    map.put("seconds", Math.rint(seconds * 1000) / 1000);
    return map;
  }
}
