package dev.mlctl.monitor;

import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a release by what its runs saw: profiles of runs → statistics → findings → report. */
public final class Monitoring {
  private Monitoring() {}

  /**
   * Checks a release by run records alone, in any order: without the bundles of other releases.
   *
   * @see #check(MonitorSpec, Subject, Records, Clock)
   */
  public static MonitorReport check(
      MonitorSpec spec, Subject subject, List<Map<String, Object>> runs, Clock clock) {
    return check(spec, subject, Records.of(runs), clock);
  }

  /**
   * Checks a release.
   *
   * @param clock tells the age of runs
   * @throws Failure of kind INVALID when a run record is damaged, NOT_FOUND when a named run or a
   *     file of labels or predictions does not exist, USAGE when the spec names a column that the
   *     model does not have or a run of another bundle, INPUT when a file cannot be used
   */
  public static MonitorReport check(
      MonitorSpec spec, Subject subject, Records records, Clock clock) {
    Bundle bundle = subject.bundle();
    requireColumns(spec, bundle.baseline());
    List<Window> windows = WindowReader.read(spec, subject, records);
    ChosenRuns chosen = chosen(spec, subject, records, windows, clock);
    List<Finding> findings =
        new ArrayList<>(ProfileCheck.of(spec, bundle.baseline(), chosen.sum()));
    Optional<LabelReport> labels = spec.labels().map(source -> join(spec, source, bundle, chosen));
    labels.ifPresent(found -> findings.addAll(Performance.findings(spec, bundle.metrics(), found)));
    EstimatedPerformance estimate = EstimatedPerformance.of(bundle, chosen.sum());
    findings.addAll(estimate.findings(spec));
    findings.addAll(SliceDrift.of(spec, subject, windows, chosen));
    findings.addAll(RunChecks.of(spec, chosen, clock));
    Staleness.of(spec, subject, records, windows, clock).ifPresent(findings::add);
    History history = History.of(spec, subject, windows, chosen, clock);
    return MonitorReport.of(
        spec,
        subject,
        clock.instant(),
        chosen,
        Alarms.decide(spec, findings, history.earlier(), clock.instant()),
        labels,
        estimate,
        new Timeline(spec.windows(), history.windows(), records.events()));
  }

  /** Those that the spec names, or the newest window in which the release scored. */
  private static ChosenRuns chosen(
      MonitorSpec spec, Subject subject, Records records, List<Window> windows, Clock clock) {
    Optional<Window> newest =
        windows.stream()
            .filter(window -> window.digest().equals(subject.digest()))
            .reduce((earlier, later) -> later);
    boolean byRun = spec.windows().by() == WindowSpec.By.RUN;
    if (spec.runs().isPresent() || byRun || newest.isEmpty()) {
      RunSelection selection = spec.runs().orElse(new RunSelection.Last(1));
      return RunChoice.of(selection, spec.slices(), subject, records, clock);
    }
    return newest.get().chosen();
  }

  private static void requireColumns(MonitorSpec spec, Profile baseline) {
    List<String> known =
        Stream.concat(baseline.features().stream(), baseline.outputs().stream())
            .map(ColumnProfile::name)
            .toList();
    Map<String, String> named = new LinkedHashMap<>();
    spec.columns().forEach((name, rule) -> named.put(name, rule.at()));
    spec.rules().forEach(rule -> rule.columns().forEach(name -> named.put(name, rule.at())));
    List<Problem> unknown = new ArrayList<>();
    named.forEach(
        (name, at) -> {
          if (!known.contains(name)) {
            unknown.add(
                Problem.of("the model has no column \"" + name + "\"")
                    .at(at)
                    .hint("its columns are: " + String.join(", ", known)));
          }
        });
    if (!unknown.isEmpty()) {
      throw new Failure(FailureKind.USAGE, unknown, null);
    }
  }

  private static LabelReport join(
      MonitorSpec spec, LabelSource source, Bundle bundle, ChosenRuns runs) {
    LabelJoin.Joined joined = LabelJoin.of(bundle.signature(), source, runs.used());
    return LabelReport.of(spec, bundle, joined, runs.used());
  }
}
