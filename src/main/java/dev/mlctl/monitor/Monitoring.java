package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import dev.mlctl.monitor.Finding.About;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a release by what its runs saw: profiles of runs → statistics → findings → report. */
public final class Monitoring {
  /** Drift, missing values, and new categories or values out of range. */
  private static final int TESTS_PER_COLUMN = 3;

  private Monitoring() {}

  /**
   * Checks a release.
   *
   * @param runs run records as JSON gives them, in any order; those that {@code spec} does not
   *     choose are passed over
   * @param clock tells the age of runs
   * @throws Failure of kind INVALID when a run record is damaged, NOT_FOUND when a named run or a
   *     file of labels or predictions does not exist, USAGE when the spec names a column that the
   *     model does not have or a run of another bundle, INPUT when a file cannot be used
   */
  public static MonitorReport check(
      MonitorSpec spec, Subject subject, List<Map<String, Object>> runs, Clock clock) {
    Bundle bundle = subject.bundle();
    requireColumns(spec, bundle.baseline());
    ChosenRuns chosen = ChosenRuns.of(spec.runs(), subject.digest(), runs, clock);
    Profile current = merged(bundle.baseline(), chosen.used());
    List<Finding> findings = new ArrayList<>(columns(spec, bundle.baseline(), current));
    Optional<LabelReport> labels = spec.labels().map(source -> join(source, bundle, chosen));
    labels.ifPresent(found -> findings.addAll(performance(spec, bundle, found)));
    findings.addAll(RunChecks.of(spec, chosen, clock));
    return MonitorReport.of(spec, subject, clock.instant(), chosen, current, findings, labels);
  }

  private static void requireColumns(MonitorSpec spec, Profile baseline) {
    List<String> known =
        Stream.concat(baseline.features().stream(), baseline.outputs().stream())
            .map(ColumnProfile::name)
            .toList();
    List<Problem> unknown = new ArrayList<>();
    spec.columns()
        .forEach(
            (name, rule) -> {
              if (!known.contains(name)) {
                unknown.add(
                    Problem.of("the model has no column \"" + name + "\"")
                        .at(rule.at())
                        .hint("its columns are: " + String.join(", ", known)));
              }
            });
    if (!unknown.isEmpty()) {
      throw new Failure(FailureKind.USAGE, unknown, null);
    }
  }

  private static Profile merged(Profile baseline, List<RunRecord> runs) {
    ProfileFormat format = new ProfileFormat(baseline);
    ProfileSum sum = ProfileSum.ofCounts(format.shape());
    runs.forEach(run -> run.profile(format).ifPresent(profile -> sum.add(profile.whole())));
    return sum.profile();
  }

  private static List<Finding> columns(MonitorSpec spec, Profile baseline, Profile current) {
    long judged =
        Stream.concat(baseline.features().stream(), baseline.outputs().stream())
            .filter(column -> !spec.ignores(column.name()))
            .count();
    int tests = (int) Math.max(1, TESTS_PER_COLUMN * judged);
    List<Finding> findings = new ArrayList<>();
    columns(spec, About.FEATURE, baseline.features(), current.features(), tests, findings);
    columns(spec, About.OUTPUT, baseline.outputs(), current.outputs(), tests, findings);
    return findings;
  }

  private static void columns(
      MonitorSpec spec,
      About about,
      List<ColumnProfile> baseline,
      List<ColumnProfile> current,
      int tests,
      List<Finding> findings) {
    for (int c = 0; c < baseline.size(); c++) {
      if (!spec.ignores(baseline.get(c).name())) {
        findings.addAll(ColumnCheck.of(spec, about, baseline.get(c), current.get(c), tests));
      }
    }
  }

  private static LabelReport join(LabelSource source, Bundle bundle, ChosenRuns runs) {
    LabelJoin.Joined joined = LabelJoin.of(bundle.signature(), source, runs.used());
    Map<String, Estimate> metrics =
        joined.answers().rows().isEmpty() ? Map.of() : Performance.estimates(joined.answers());
    return new LabelReport(joined.counts(), metrics);
  }

  private static List<Finding> performance(MonitorSpec spec, Bundle bundle, LabelReport labels) {
    long rows = labels.counts().joined();
    return rows < spec.minRows()
        ? List.of(Performance.tooFew(spec, rows))
        : Performance.findings(spec, bundle.metrics(), labels.metrics(), rows);
  }
}
