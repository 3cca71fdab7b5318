package dev.mlctl.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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

  /** As JSON has it; a value that is not finite, which JSON cannot hold, is written as a text. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("gate", text);
    map.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    if (outcome != Outcome.SKIPPED) {
      map.put("left", number(left));
      map.put("right", number(right));
    }
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
