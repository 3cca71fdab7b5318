package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import dev.mlctl.monitor.ChallengerCheck;
import dev.mlctl.monitor.ChallengerReport;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.Rival;
import dev.mlctl.monitor.Subject;
import dev.mlctl.release.Challenger;
import dev.mlctl.release.DeployRequest;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedChallenger;
import dev.mlctl.release.ResolvedRelease;
import dev.mlctl.release.RollbackRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Monitoring's look at the challenger of a release: judges it, then promotes or drops it. */
final class ChallengerWatch {
  private final Console console;
  private final Releases releases;
  private final ResolvedRelease champion;
  private final boolean dryRun;
  private final Optional<ResolvedChallenger> challenger;

  ChallengerWatch(Console console, Releases releases, ResolvedRelease champion, boolean dryRun) {
    this.console = console;
    this.releases = releases;
    this.champion = champion;
    this.dryRun = dryRun;
    var release = champion.release().orElseThrow();
    this.challenger =
        releases.challengers(release.model(), release.env()).resolve(champion, console::warn);
  }

  /**
   * What was found and done.
   *
   * @param action what became of the challenger, if anything did or would
   */
  record Outcome(ChallengerReport report, Optional<String> action) {
    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>(report.toMap());
      action.ifPresent(what -> map.put("action", what));
      return map;
    }

    String text(Style style) {
      StringBuilder text = new StringBuilder();
      text.append("\nchallenger %s: %s\n".formatted(report.label(), report.verdict().word()));
      if (!report.table().rows().isEmpty()) {
        text.append(MonitorView.table(report.table(), style));
      }
      text.append(report.reason()).append('\n');
      action.ifPresent(what -> text.append("challenger ").append(what).append('\n'));
      return text.toString();
    }
  }

  /**
   * Judges the challenger, if there is one, and does what the rules say.
   *
   * @param leaving whether the release is being left, so that nothing is to be put in its place
   */
  Optional<Outcome> watch(
      MonitorSpec spec, Subject subject, MonitorReport report, Records records, boolean leaving) {
    if (challenger.isEmpty()) {
      return Optional.empty();
    }
    Challenger tried = challenger.get().challenger();
    Rival rival =
        new Rival(
            tried.label(),
            tried.digest(),
            BundleView.parse(tried.label(), challenger.get().bundle()),
            tried.when());
    ChallengerReport found =
        ChallengerCheck.of(spec, subject, report, rival, records, Clock.systemUTC());
    return Optional.of(new Outcome(found, leaving ? Optional.empty() : act(found)));
  }

  /** The judgement is out all the same when it cannot be acted on. */
  private Optional<String> act(ChallengerReport found) {
    try {
      return switch (found.verdict()) {
        case KEEP -> Optional.empty();
        case PROMOTE -> Optional.of(promote("monitor: " + found.reason()));
        case DROP -> Optional.of(drop("monitor: " + found.reason()));
      };
    } catch (Failure e) {
      if (e.kind() == FailureKind.INTERRUPTED) {
        throw e;
      }
      console.warn(
          "the verdict \"%s\" on %s was not carried out: %s"
              .formatted(found.verdict().word(), found.label(), e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Through the gates it had to pass to be tried, as far as they need no file of rows. That callers
   * send what it needs its runs have shown, so what was allowed when it began is allowed still.
   */
  private String promote(String reason) {
    Challenger tried = challenger.orElseThrow().challenger();
    List<String> gates =
        tried.gates().stream().filter(gate -> gate.rows().isEmpty()).map(GateResult::text).toList();
    var deployed =
        releases.deploy(
            DeployRequest.of(tried.label(), challenger.orElseThrow().bundle(), tried.env())
                .gates(gates)
                .reason(reason)
                .allowIncompatible(true)
                .expectCurrent(champion.release().orElseThrow().number())
                .dryRun(dryRun));
    ReleaseView.announce(console, deployed);
    return "%s, as release %d"
        .formatted(dryRun ? "would be promoted" : "promoted", deployed.release().number());
  }

  private String drop(String reason) {
    Challenger tried = challenger.orElseThrow().challenger();
    releases.drop(
        RollbackRequest.of(tried.model(), tried.env())
            .challenger(tried.number())
            .reason(reason)
            .dryRun(dryRun));
    return dryRun ? "would be dropped" : "dropped";
  }
}
