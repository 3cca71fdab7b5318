package dev.mlctl.model;

/**
 * What came of a gate.
 *
 * @param text the gate as written
 * @param outcome whether it held
 * @param left the value on its left side; NaN when skipped
 * @param right the value on its right side; NaN when skipped
 * @param note why it was skipped, or empty
 */
public record GateResult(String text, Outcome outcome, double left, double right, String note) {
  /** Whether a gate held. */
  public enum Outcome {
    /** It held. */
    PASSED,
    /** It did not. */
    FAILED,
    /** It could not be judged: it asks for a current release and there is none. */
    SKIPPED
  }
}
