package dev.mlctl.monitor;

/**
 * A finding before it is known what else was tested.
 *
 * @param finding judged by its threshold alone
 * @param test what its p-value is of; findings of one column that share a test share the name;
 *     empty when no test decides about it
 */
record Measured(Finding finding, String test) {
  /** A finding that stands as it is. */
  static Measured settled(Finding finding) {
    return new Measured(finding, "");
  }

  /** Names the test among all. */
  String key() {
    return finding.about() + "/" + finding.column() + "/" + test;
  }
}
