package dev.mlctl.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was before. Immutable.
 *
 * @param spec how the windows were made
 * @param windows oldest first
 * @param events what happened to the releases, oldest first; the newest {@link #MOST_EVENTS}
 */
public record Timeline(WindowSpec spec, List<WindowReport> windows, List<ReleaseEvent> events) {
  /** More events than this are not told. */
  public static final int MOST_EVENTS = 200;

  /** Copies. */
  public Timeline {
    windows = List.copyOf(windows);
    events = List.copyOf(events.subList(Math.max(0, events.size() - MOST_EVENTS), events.size()));
  }

  /** As JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(spec.toMap());
    map.put("windows", windows.stream().map(WindowReport::toMap).toList());
    map.put("events", events.stream().map(ReleaseEvent::toMap).toList());
    return map;
  }
}
