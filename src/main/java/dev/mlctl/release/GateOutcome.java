package dev.mlctl.release;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What one gate said of a deploy, as the release record keeps it.
 *
 * @param gate the expression as given, such as {@code rmse <= 1.02 * current.rmse}
 * @param verdict whether it held
 * @param values the metrics it looked at, by the names the expression uses; in their order there
 * @param note why it was skipped, or empty
 */
public record GateOutcome(String gate, Verdict verdict, Map<String, Double> values, String note) {
  /** Whether a gate held. */
  public enum Verdict {
    /** It held. */
    PASSED,
    /** It did not hold, or a metric it names is missing. */
    FAILED,
    /** It compares with the current release and there is none. */
    SKIPPED;

    /** The word that records and tables use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the values, keeping their order. */
  public GateOutcome {
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(note, "note");
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("gate", gate);
    map.put("verdict", verdict.word());
    Map<String, Object> numbers = new LinkedHashMap<>();
    // JSON has no NaN and no infinities.
    values.forEach(
        (name, value) ->
            numbers.put(name, Double.isFinite(value) ? (Object) value : value.toString()));
    map.put("values", numbers);
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }
}
