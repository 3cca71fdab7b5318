package dev.mlctl.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something that somebody shall hear of: a rule that holds. Immutable.
 *
 * @param rule the rule's name; {@code thresholds} for a finding that no rule of monitor.yaml is
 *     about
 * @param severity how bad it is: a warning or critical
 * @param message one line for a person
 * @param finding what the rule looked at, in the newest window
 * @param breached how many of the windows looked at breach
 * @param of how many windows were looked at
 */
public record Alert(
    String rule, Severity severity, String message, Finding finding, int breached, int of) {
  /** The rule of a finding that has none of its own. */
  public static final String THRESHOLDS = "thresholds";

  /** Checks that no part is null. */
  public Alert {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(finding, "finding");
  }

  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rule", rule);
    map.put("severity", severity.word());
    map.put("message", message);
    map.put("finding", finding.toMap());
    map.put("windows_breached", breached);
    map.put("windows", of);
    return map;
  }
}
