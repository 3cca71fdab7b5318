package dev.mlctl.train;

/**
 * Answers to rows the model did not see when it was fitted, or to its own where there are no
 * others. The arrays are not to be changed.
 *
 * @param by {@code test}, {@code folds} or {@code train}
 * @param examples the rows
 * @param outputs {@code [output][row]}
 * @param confusion counts {@code [actual][predicted]}; empty for regression
 */
record Judged(String by, Examples examples, double[][] outputs, long[][] confusion) {
  /** The rows in words, as a sentence ends. */
  String rows() {
    return switch (by) {
      case "test" -> "rows held out";
      case "folds" -> "rows of the folds, each judged by the model that did not see it";
      default -> "rows the model was fitted on, as none were held out";
    };
  }
}
