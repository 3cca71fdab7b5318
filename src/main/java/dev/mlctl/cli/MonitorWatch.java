package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Action;
import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.action.ActionResult;
import dev.mlctl.monitor.action.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Checks again and again. Actions are for news: they are run when the release or the set of its
 * alerts is another than in the round before, and what could not be told then is told again.
 *
 * <p>The file is read anew for each round, so that silencing a rule needs no restart; while it is
 * faulty the last good one counts. Only the first round may fail: later ones are warnings, because
 * a registry or a disk that is away for a while comes back.
 */
final class MonitorWatch {
  private final Mlctl mlctl;
  private final MonitorSubject subject;
  private final boolean dryRun;
  private final Consumer<MonitorReport> files;

  private MonitorSpec spec;
  private List<Object> known = List.of();
  private final Set<Action> untold = new HashSet<>();

  MonitorWatch(Mlctl mlctl, MonitorSubject subject, boolean dryRun, Consumer<MonitorReport> files) {
    this.mlctl = mlctl;
    this.subject = subject;
    this.dryRun = dryRun;
    this.files = files;
  }

  /** Never ends by itself, but when nobody can read what it prints. */
  int run(Duration interval) {
    round();
    while (!mlctl.terminal().stdout().isClosed()) {
      pause(interval);
      try {
        round();
      } catch (Failure e) {
        if (e.kind() == FailureKind.INTERRUPTED) {
          throw e;
        }
        warn("this round failed", e);
      }
    }
    return ExitCode.OK;
  }

  private void round() {
    readSpec();
    MonitorRound round = new MonitorRound(mlctl, dryRun);
    Judgement judgement = round.judge(spec);
    Event event = Event.alert(judgement.report());
    List<Object> now = List.of(event.release(), event.keys());
    boolean news = !now.equals(known);
    MonitorRound.Acted acted = round.act(judgement, news ? action -> true : untold::contains);
    known = now;
    remember(acted.results(), news);
    MonitorView view = new MonitorView(judgement, acted);
    boolean done = acted.results().stream().anyMatch(result -> !result.done().outcome().isBad());
    boolean whole = news || done || judgement.verdict().isPresent();
    mlctl
        .console()
        .oneOfMany(
            view.map(),
            () -> whole ? view.text(mlctl.console().style()) + "\n" : line(judgement.report()));
    files.accept(judgement.report());
  }

  private void readSpec() {
    try {
      spec = subject.spec(mlctl.terminal().environment());
    } catch (Failure e) {
      if (spec == null) {
        throw e;
      }
      warn("the configuration of the round before is used", e);
    }
  }

  /** A receiver that was away is told in a later round; what changes a release is not repeated. */
  private void remember(List<ActionResult> results, boolean news) {
    if (news) {
      untold.clear();
    }
    Predicate<Action> repeatable =
        action -> action instanceof Action.File || action instanceof Action.Webhook;
    for (ActionResult result : results) {
      if (result.done().outcome().isBad() && repeatable.test(result.action())) {
        untold.add(result.action());
      } else {
        untold.remove(result.action());
      }
    }
  }

  private static String line(MonitorReport report) {
    return "%s  %s: %s\n"
        .formatted(ReleaseView.time(Instant.now()), report.reference(), report.summary());
  }

  private void warn(String what, Failure e) {
    String at = e.problems().get(0).at();
    mlctl.console().warn(what + ": " + e.getMessage() + (at.isEmpty() ? "" : " (" + at + ")"));
  }

  private static void pause(Duration interval) {
    try {
      TimeUnit.NANOSECONDS.sleep(interval.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "interrupted").causedBy(e);
    }
  }
}
