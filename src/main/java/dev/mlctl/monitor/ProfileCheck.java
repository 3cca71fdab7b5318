package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is checked of the columns of a profile, judged together. */
final class ProfileCheck {
  private final MonitorSpec spec;
  private final int columns;
  private final List<Measured> measured = new ArrayList<>();

  private ProfileCheck(MonitorSpec spec, Profile baseline) {
    this.spec = spec;
    this.columns =
        (int)
            Stream.concat(baseline.features().stream(), baseline.outputs().stream())
                .filter(column -> !spec.ignores(column.name()))
                .count();
  }

  /**
   * The findings, column by column.
   *
   * @param current of the same bins as the baseline
   */
  static List<Finding> of(MonitorSpec spec, Profile baseline, Profile current) {
    ProfileCheck check = new ProfileCheck(spec, baseline);
    check.measure(About.FEATURE, baseline.features(), current.features());
    check.measure(About.OUTPUT, baseline.outputs(), current.outputs());
    return Correction.settled(check.measured, spec.significance());
  }

  private void measure(About about, List<ColumnProfile> baseline, List<ColumnProfile> current) {
    for (int c = 0; c < baseline.size(); c++) {
      ColumnProfile before = baseline.get(c);
      ColumnProfile now = current.get(c);
      if (!spec.ignores(before.name())) {
        measured.addAll(DriftCheck.of(spec, about, before, now, columns));
        measured.addAll(QualityCheck.of(spec, about, before, now));
      }
    }
  }
}
