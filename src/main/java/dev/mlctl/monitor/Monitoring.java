package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Profile;
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
    Optional<LabelReport> labels = spec.labels().map(source -> join(spec, source, bundle, chosen));
    labels.ifPresent(found -> findings.addAll(Performance.findings(spec, bundle.metrics(), found)));
    EstimatedPerformance estimate = EstimatedPerformance.of(bundle, current);
    findings.addAll(estimate.findings(spec));
    findings.addAll(RunChecks.of(spec, chosen, clock));
    return MonitorReport.of(
        spec, subject, clock.instant(), chosen, current, findings, labels, estimate);
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
    Profile sum = baseline.emptied();
    for (RunRecord run : runs) {
      Optional<Profile> profile = run.profile(baseline);
      sum = profile.isPresent() ? sum.merge(profile.get()) : sum;
    }
    return sum;
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

  private static LabelReport join(
      MonitorSpec spec, LabelSource source, Bundle bundle, ChosenRuns runs) {
    LabelJoin.Joined joined = LabelJoin.of(bundle.signature(), source, runs.used());
    return LabelReport.of(spec, bundle, joined, runs.used());
  }
}
