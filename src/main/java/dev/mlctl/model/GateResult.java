package dev.mlctl.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a gate.
 *
 * @param text the gate as written
 * @param outcome whether it held
 * @param left the value on its left side; NaN when skipped
 * @param right the value on its right side; NaN when skipped
 * @param note why it was skipped, or empty
 * @param rows what it was judged on; empty when that were the metrics in the bundles
 */
public record GateResult(
    String text, Outcome outcome, double left, double right, String note, Optional<Rows> rows) {
  /** Whether a gate held. */
  public enum Outcome {
    /** It held. */
    PASSED,
    /** It did not. */
    FAILED,
    /** It could not be judged: it asks for a current release and there is none. */
    SKIPPED
  }

  /**
   * The rows a gate was judged on, so that it can be judged again.
   *
   * @param count in the smallest of its slices, or all when it has none
   * @param file the file those rows are from
   */
  public record Rows(long count, LabelledFile file) {}

  /** Checks that there are rows or none. */
  public GateResult {
    Objects.requireNonNull(rows, "rows");
  }

  /** What came of a gate on the metrics in the bundles. */
  public GateResult(String text, Outcome outcome, double left, double right, String note) {
    this(text, outcome, left, right, note, Optional.empty());
  }

  /** The same outcome, judged on rows. */
  public GateResult on(Rows judged) {
    return new GateResult(text, outcome, left, right, note, Optional.of(judged));
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
    rows.ifPresent(
        judged -> {
          map.put("rows", judged.count());
          map.put("data", judged.file().toMap());
        });
    return map;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
