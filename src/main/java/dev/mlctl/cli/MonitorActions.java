package dev.mlctl.cli;

import dev.mlctl.config.Json;
import dev.mlctl.monitor.Action;
import dev.mlctl.monitor.action.ActionHost;
import dev.mlctl.monitor.action.Done;
import dev.mlctl.monitor.action.Event;
import dev.mlctl.release.Deployed;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.release.RollbackRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the registry and this program do about alerts. */
final class MonitorActions implements ActionHost {
  private static final Done NOT_ITS_FAULT =
      new Done(Done.Outcome.UNCHANGED, "nobody runs the release, which no other release mends");

  private final Mlctl mlctl;
  private final Releases releases;
  private final Judgement judgement;
  private final boolean dryRun;
  private Optional<Deployed> rolledBack = Optional.empty();

  MonitorActions(Mlctl mlctl, Releases releases, Judgement judgement, boolean dryRun) {
    this.mlctl = mlctl;
    this.releases = releases;
    this.judgement = judgement;
    this.dryRun = dryRun;
  }

  /** What a rollback came to, if there was one. */
  Optional<Deployed> rolledBack() {
    return rolledBack;
  }

  @Override
  public void log(Event event, String line) {
    if (mlctl.logFormat() != Mlctl.LogFormat.json) {
      mlctl.console().warn(line);
      return;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time", Instant.now().toString());
    map.put("level", event.severity().word());
    map.put("logger", "mlctl.monitor");
    map.put("message", line);
    map.put("event", event.id());
    mlctl.console().error(Json.write(map));
  }

  /** Back from the release that was judged, and from no other. */
  @Override
  public Done rollback() {
    if (!judgement.report().blamesRelease()) {
      return NOT_ITS_FAULT;
    }
    ReleaseRecord release = judgement.release();
    Deployed done =
        releases.rollback(
            RollbackRequest.of(release.model(), release.env())
                .expectCurrent(release.number())
                .dryRun(dryRun)
                .reason(reason()));
    rolledBack = Optional.of(done);
    ReleaseView.announce(mlctl.console(), done);
    return new Done(
        dryRun ? Done.Outcome.WOULD : Done.Outcome.DONE, ReleaseView.outcome(done).strip());
  }

  @Override
  public Done retrain(Action.Retrain action) {
    if (!judgement.report().blamesRelease()) {
      return NOT_ITS_FAULT;
    }
    long current =
        rolledBack
            .filter(done -> !dryRun)
            .map(done -> done.release().number())
            .orElse(judgement.release().number());
    return new Retraining(mlctl, releases, judgement.release(), current)
        .run(action, reason(), dryRun);
  }

  private String reason() {
    return "monitor: " + judgement.report().summary();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("MLCTL_REGISTRY", mlctl.registry());
  }
}
