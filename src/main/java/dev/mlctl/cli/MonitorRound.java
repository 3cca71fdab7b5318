package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Action;
import dev.mlctl.monitor.Finding;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.Monitoring;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.Severity;
import dev.mlctl.monitor.Subject;
import dev.mlctl.monitor.action.ActionResult;
import dev.mlctl.monitor.action.Actions;
import dev.mlctl.monitor.action.Event;
import dev.mlctl.release.Deployed;
import dev.mlctl.release.Reference;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import dev.mlctl.release.Verdicts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One check of a release: judged, remembered in the registry, and acted on. */
final class MonitorRound {
  private final Mlctl mlctl;
  private final boolean dryRun;
  private final Releases releases;

  MonitorRound(Mlctl mlctl, boolean dryRun) {
    this.mlctl = mlctl;
    this.dryRun = dryRun;
    this.releases = mlctl.releases();
  }

  /**
   * What was done.
   *
   * @param results of the actions, in the order they were run
   * @param rollback what a rollback came to, if there was one
   * @param challenger what was found of the challenger and done about it, if there is one
   */
  record Acted(
      List<ActionResult> results,
      Optional<Deployed> rollback,
      Optional<ChallengerWatch.Outcome> challenger) {}

  Judgement judge(MonitorSpec spec) {
    if (!(Reference.parse(spec.model()) instanceof Reference.Release reference)) {
      throw Failure.of(FailureKind.USAGE, "only a release can be monitored, not %s", spec.model())
          .hint("runs are kept beside the release: bikes@prod or bikes@prod#7");
    }
    ResolvedRelease resolved = releases.resolve(reference);
    Subject judged =
        new Subject(
            resolved.pinned(),
            resolved.digest(),
            BundleView.parse(resolved.pinned(), resolved.bundle()));
    Records records = new RegistryRecords(releases, reference.model(), reference.env());
    MonitorReport report = Monitoring.check(spec, judged, records, Clock.systemUTC());
    ReleaseRecord release = resolved.release().orElseThrow();
    Optional<String> verdict = dryRun ? Optional.empty() : keepVerdict(release, report);
    boolean recovered = dryRun ? wouldRecover(release, report) : verdict.equals(acquitted());
    return new Judgement(spec, resolved, judged, records, report, verdict, recovered);
  }

  /**
   * Does what the file asks for about what was judged.
   *
   * @param wanted which of the actions about alerts
   */
  Acted act(Judgement judgement, Predicate<Action> wanted) {
    MonitorActions host = new MonitorActions(mlctl, releases, judgement, dryRun);
    List<ActionResult> results = new ArrayList<>();
    Event alert = Event.alert(judgement.report());
    List<Action> actions = judgement.spec().actions().of(alert.severity());
    results.addAll(Actions.run(actions.stream().filter(wanted).toList(), alert, host, dryRun));
    if (judgement.recovered()) {
      Event recovered = Event.recovered(judgement.report());
      results.addAll(Actions.run(judgement.spec().actions().recovered(), recovered, host, dryRun));
    }
    for (ActionResult result : results) {
      if (result.done().outcome().isBad()) {
        mlctl.console().warn(result.action().type() + ": " + result.done().detail());
      }
    }
    return new Acted(results, host.rolledBack(), challenger(judgement, results));
  }

  /** Nothing is put in the place of a release that is being left. */
  private Optional<ChallengerWatch.Outcome> challenger(
      Judgement judgement, List<ActionResult> results) {
    boolean leaving =
        results.stream()
            .filter(result -> !result.done().outcome().isBad())
            .map(ActionResult::action)
            .anyMatch(a -> a instanceof Action.Rollback || a instanceof Action.Retrain);
    return new ChallengerWatch(mlctl.console(), releases, judgement.resolved(), dryRun)
        .watch(
            judgement.spec(),
            judgement.subject(),
            judgement.report(),
            judgement.records(),
            leaving);
  }

  /**
   * The registry remembers what is critical, until a later run is ok. It says nothing of what is in
   * between, and a registry that cannot be written to is a warning: the verdict is out all the
   * same.
   *
   * @return what became of the release, if that is new
   */
  private Optional<String> keepVerdict(ReleaseRecord release, MonitorReport report) {
    try {
      Verdicts verdicts = releases.verdicts(release.model(), release.env());
      if (report.blamesRelease()) {
        return verdicts.condemn(release, report.summary(), critical(report))
            ? Optional.of("condemned")
            : Optional.empty();
      }
      boolean acquitted =
          report.severity() == Severity.OK && verdicts.acquit(release, report.summary());
      return acquitted ? acquitted() : Optional.empty();
    } catch (Failure e) {
      mlctl
          .console()
          .warn("the verdict was not kept, so a rollback knows nothing of it: " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean wouldRecover(ReleaseRecord release, MonitorReport report) {
    return report.severity() == Severity.OK
        && releases.verdicts(release.model(), release.env()).isCondemned(release);
  }

  private static Optional<String> acquitted() {
    return Optional.of("acquitted");
  }

  private static List<Map<String, Object>> critical(MonitorReport report) {
    return report.breaches().stream()
        .filter(finding -> finding.severity() == Severity.CRITICAL)
        .map(Finding::toMap)
        .toList();
  }
}
