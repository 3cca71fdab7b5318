package dev.mlctl.monitor;

import java.util.Map;

/**
 * What monitor.yaml says of one column.
 *
 * @param ignore whether the column is left out
 * @param thresholds those that differ from the general ones
 * @param at where it is written, for messages
 */
public record ColumnRule(boolean ignore, Map<String, Threshold> thresholds, String at) {
  /** Copies. */
  public ColumnRule {
    thresholds = Map.copyOf(thresholds);
  }
}
