package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import java.util.List;

/**
 * Which statistic of drift decides, and where its limits come from.
 *
 * @param decides one of {@link #STATISTICS}, or {@link #AUTO}
 * @param learned whether limits are learned from resamples of the baseline
 */
public record DriftSpec(String decides, boolean learned) {
  static final String AUTO = "auto";
  static final String PSI = "psi";
  static final String JENSEN_SHANNON = "jensen_shannon";
  static final String KS = "ks";
  static final String WASSERSTEIN = "wasserstein";
  static final String CHI_SQUARED = "chi_squared";

  /** The statistics of drift by their names in monitor.yaml and in findings. */
  static final List<String> STATISTICS = List.of(PSI, JENSEN_SHANNON, KS, WASSERSTEIN, CHI_SQUARED);

  static List<Key> keys() {
    return List.of(
        Key.optional(
            "drift",
            Shape.oneOf(AUTO, PSI, JENSEN_SHANNON, KS, WASSERSTEIN, CHI_SQUARED),
            AUTO,
            "The statistic that decides; auto chooses by the column's type and the rows."),
        Key.optional(
            "learned",
            Shape.bool(),
            false,
            "Whether limits of drift are learned from resamples of the baseline."));
  }

  static DriftSpec from(Settings thresholds) {
    return new DriftSpec(thresholds.text("drift"), thresholds.bool("learned"));
  }
}
