package dev.mlctl.monitor;

import java.util.Locale;

/** What a check comes to, mildest first. */
public enum Severity {
  /** Within its thresholds, or reported without any. */
  OK,
  /** Too few rows to tell: neither good nor bad news. */
  NOT_ENOUGH_DATA,
  /** Beyond the warning threshold. */
  WARNING,
  /** Beyond the critical threshold. */
  CRITICAL;

  /** The name as printed and stored: {@code not_enough_data}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two. */
  public Severity or(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
