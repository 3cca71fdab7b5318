package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a challenger is tried.
 *
 * @param mode whether it answers anybody
 * @param share of the rows that it answers, above 0 and at most 1; 0 for a shadow, which answers
 *     none
 * @param key the column whose value says which rows these are; empty for the whole record
 */
public record Challenge(Mode mode, double share, Optional<String> key) {
  /** Whether a challenger answers anybody. */
  public enum Mode {
    /** It scores every row, and its answers are only compared. */
    SHADOW,
    /** It answers a share of the rows. */
    CANARY;

    /** The word that notes and JSON use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Beside a champion that answers every row. */
  public static final Challenge SHADOW = new Challenge(Mode.SHADOW, 0, Optional.empty());

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Checks that the share fits the mode. */
  public Challenge {
    Objects.requireNonNull(key, "key");
    boolean fits = mode == Mode.CANARY ? share > 0 && share <= 1 : share == 0 && key.isEmpty();
    if (!fits || key.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("no " + mode.word() + " can have the share " + share);
    }
  }

  /**
   * A challenger that answers a share of the rows.
   *
   * @param percent such as {@code 10%} or {@code 2.5%}
   * @throws Failure of kind USAGE when it is no share
   */
  public static Challenge canary(String percent, Optional<String> key) {
    try {
      String number = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : "";
      BigDecimal share = new BigDecimal(number.strip()).divide(HUNDRED);
      return new Challenge(Mode.CANARY, share.doubleValue(), key);
    } catch (IllegalArgumentException e) {
      throw Failure.of(FailureKind.USAGE, "\"%s\" is not the share of a canary", percent)
          .hint("write a percentage above 0% and up to 100%, such as 10%")
          .causedBy(e);
    }
  }

  static Challenge from(RecordFormat.Fields fields) {
    boolean canary = fields.text("mode").equals(Mode.CANARY.word());
    if (!canary && !fields.text("mode").equals(Mode.SHADOW.word())) {
      throw new IllegalArgumentException("its mode is unknown to this mlctl");
    }
    return new Challenge(
        canary ? Mode.CANARY : Mode.SHADOW,
        canary ? fields.real("share") : 0,
        fields.optionalText("key"));
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mode", mode.word());
    if (mode == Mode.CANARY) {
      map.put("share", share);
    }
    key.ifPresent(column -> map.put("key", column));
    return map;
  }

  /** {@code shadow}, {@code canary 10%} or {@code canary 10% by customer}. */
  @Override
  public String toString() {
    if (mode == Mode.SHADOW) {
      return mode.word();
    }
    String percent =
        BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString();
    return mode.word() + " " + percent + "%" + key.map(column -> " by " + column).orElse("");
  }
}
