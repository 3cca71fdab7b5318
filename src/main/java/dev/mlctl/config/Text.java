package dev.mlctl.config;

/**
 * A text value.
 *
 * @param given as it stands in the file, with {@code ${env:NAME}} unfilled: what may be shown
 * @param value filled in: what is used, and never shown
 */
record Text(String given, String value) {
  /** Shows what was given, so that no secret slips into a log by way of a debug line. */
  @Override
  public String toString() {
    return given;
  }
}
