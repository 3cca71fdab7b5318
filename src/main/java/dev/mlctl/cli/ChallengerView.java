package dev.mlctl.cli;

import dev.mlctl.release.Challenged;
import dev.mlctl.release.Challenger;
import dev.mlctl.release.ChallengerFate;
import dev.mlctl.release.History;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** How challengers look to a person; an instance puts theirs among the rows of a history. */
final class ChallengerView {
  private record Event(Instant when, String status, String digest, String description) {}

  private final Deque<Event> events;

  ChallengerView(List<History.Tried> challengers) {
    List<Event> all = new ArrayList<>();
    for (History.Tried tried : challengers) {
      Challenger challenger = tried.challenger();
      all.add(
          new Event(
              challenger.when(),
              status(tried),
              challenger.digest(),
              with(challenger.challenge().toString(), challenger.reason())));
      tried
          .fate()
          .filter(ChallengerView::isOwnEvent)
          .ifPresent(end -> all.add(dropped(tried, end)));
    }
    all.sort(Comparator.comparing(Event::when));
    events = new ArrayDeque<>(all);
  }

  /** A beginning that is followed by a row of its end need not say how that was. */
  private static String status(History.Tried tried) {
    return tried.fate().isEmpty()
        ? "tried"
        : tried.fate().filter(ChallengerView::isOwnEvent).isPresent()
            ? "was tried"
            : tried.status();
  }

  /** What a release did to it is told by the release, and what replaced it by its own beginning. */
  private static boolean isOwnEvent(ChallengerFate end) {
    return end.outcome() == ChallengerFate.Outcome.DROPPED;
  }

  private static Event dropped(History.Tried tried, ChallengerFate end) {
    Challenger challenger = tried.challenger();
    String what = challenger.challenge().mode().word() + " ended";
    return new Event(end.when(), "dropped", challenger.digest(), with(what, end.reason()));
  }

  private static String with(String what, String reason) {
    return reason.isEmpty() ? what : what + ": " + ReleaseView.shortened(reason);
  }

  /** Adds what happened before a moment, as far as it is not there yet. */
  void addUntil(Instant moment, Table table) {
    while (!events.isEmpty() && events.peek().when().isBefore(moment)) {
      Event event = events.remove();
      table.row(
          "~",
          ReleaseView.time(event.when()),
          event.status(),
          ReleaseView.shortDigest(event.digest()),
          event.description());
    }
  }

  /** What is tried beside a release, as a line. */
  static String beside(String reference, Challenger challenger) {
    return "%s: %s is tried beside it (%s, since %s)\n"
        .formatted(
            reference,
            ReleaseView.shortDigest(challenger.digest()),
            challenger.challenge(),
            ReleaseView.time(challenger.when()));
  }

  static void print(Console console, Challenged done) {
    done.warnings().forEach(console::warn);
    if (done.changed() && !done.dryRun()) {
      console.committed(done.challenger().map(Challenger::label).orElse(target(done)));
    }
    console.result(done.toMap(), () -> text(done, console.style()));
  }

  private static String text(Challenged done, Style style) {
    StringBuilder text = new StringBuilder();
    if (done.changed() && !done.dropped()) {
      done.challenger()
          .ifPresent(c -> c.gates().forEach(g -> text.append(ReleaseView.gate(g, style))));
    }
    return text.append(outcome(done)).append('\n').toString();
  }

  private static String outcome(Challenged done) {
    String target = target(done);
    if (!done.changed()) {
      return unchanged(done, target);
    }
    String label = done.challenger().map(Challenger::label).orElse("what cannot be read");
    String now = done.dryRun() ? "would be" : "is";
    if (done.dropped()) {
      return "%s %s dropped; %s stays at release %d"
          .formatted(label, now, target, done.champion().number());
    }
    return "%s %s tried beside release %d of %s (%s)"
        .formatted(
            label,
            now,
            done.champion().number(),
            target,
            done.challenger().orElseThrow().challenge());
  }

  private static String unchanged(Challenged done, String target) {
    if (done.challenger().isPresent()) {
      Challenger challenger = done.challenger().get();
      return "%s is tried already (%s): nothing changed"
          .formatted(challenger.label(), challenger.challenge());
    }
    return done.dropped()
        ? target + " has no challenger: nothing changed"
        : "%s is at release %d with this bundle already: nothing changed"
            .formatted(target, done.champion().number());
  }

  private static String target(Challenged done) {
    return done.champion().model() + "@" + done.champion().env();
  }
}
