package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bundle that is tried beside the current release of one model in one environment, if one is.
 *
 * <p>A challenger is advice, as a verdict is: no release depends on it. One whose note cannot be
 * read, whose bundle is damaged, was revoked or lacks a required signature counts as none, with a
 * warning, because the champion must go on answering whatever becomes of what is tried beside it.
 */
public final class Challengers {
  private static final int RACES = 200;

  private final Supplier<ReleaseLog.View> read;
  private final ChallengerNotes notes;
  private final Blobs blobs;
  private final Trust trust;
  private final ObjectStore store;

  Challengers(
      Supplier<ReleaseLog.View> read,
      ChallengerNotes notes,
      Blobs blobs,
      Trust trust,
      ObjectStore store) {
    this.read = read;
    this.notes = notes;
    this.blobs = blobs;
    this.trust = trust;
    this.store = store;
  }

  /**
   * The challenger that goes on, without reading its bundle.
   *
   * @param warn told why there is none although there is a note
   * @throws Failure NOT_FOUND when there is no release, INVALID when the log is damaged
   */
  public Optional<Challenger> active(Consumer<String> warn) {
    return active(read.get(), warn);
  }

  Optional<Challenger> active(ReleaseLog.View view, Consumer<String> warn) {
    try {
      ChallengerNotes.Newest newest = notes.newest();
      if (!newest.readable()) {
        warn.accept(notes.unreadable(newest.place()));
      }
      return newest.started().filter(challenger -> notes.fate(challenger, view).isEmpty());
    } catch (Failure e) {
      throwInterruption(e);
      warn.accept("no challenger can be read, so there is none: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void throwInterruption(Failure e) {
    if (e.kind() == FailureKind.INTERRUPTED) {
      throw e;
    }
  }

  /** Every challenger there was, oldest first. */
  List<ChallengerNotes.Entry> all(ReleaseLog.View view, List<String> warnings) {
    try {
      return notes.all(view, warnings);
    } catch (Failure e) {
      throwInterruption(e);
      warnings.add("no challenger can be read: " + e.getMessage());
      return List.of();
    }
  }

  /**
   * The challenger that goes on, for use: its bytes hashed and compared with its note, its
   * signatures checked as the policy wants it.
   *
   * @param champion the release it would be used beside; a named one and a file have no challenger
   * @param warn told why there is none although there is a note
   */
  public Optional<ResolvedChallenger> resolve(ResolvedRelease champion, Consumer<String> warn) {
    boolean current =
        champion.reference() instanceof Reference.Release named && named.number().isEmpty();
    if (!current) {
      return Optional.empty();
    }
    ReleaseLog.View view = read.get();
    Optional<Challenger> active = active(view, warn);
    try {
      revoked(view)
          .ifPresent(
              challenger ->
                  warn.accept(
                      "the challenger %s is left out: its bundle was revoked"
                          .formatted(challenger.label())));
      return active
          .filter(challenger -> !challenger.digest().equals(champion.digest()))
          .map(this::resolved);
    } catch (Failure e) {
      throwInterruption(e);
      warn.accept(
          "the challenger %s is left out: %s"
              .formatted(active.orElseThrow().label(), e.getMessage()));
      return Optional.empty();
    }
  }

  /** The newest challenger, if all that ended it is that its bundle was revoked. */
  private Optional<Challenger> revoked(ReleaseLog.View view) {
    return notes
        .newest()
        .started()
        .filter(
            challenger ->
                notes
                    .fate(challenger, view)
                    .filter(fate -> fate.outcome() == ChallengerFate.Outcome.REVOKED)
                    .isPresent());
  }

  private ResolvedChallenger resolved(Challenger challenger) {
    String digest = challenger.digest();
    byte[] bytes = blobs.read(digest, challenger.size(), challenger.label());
    trust.require("use " + challenger.label(), challenger.env(), digest, List.of());
    return new ResolvedChallenger(challenger, bytes, store.place(Blobs.key(digest)));
  }

  /**
   * Drops the challenger that goes on, and leaves the release alone.
   *
   * @throws Failure NOT_FOUND when there is no release, CONFLICT when the expected release is not
   *     current or another challenger is there than the one that was meant
   */
  Challenged drop(RollbackRequest request, Draft draft) {
    String act = "drop the challenger of " + request.target;
    Optional<Challenger> meant = Optional.empty();
    for (int race = 0; race < RACES; race++) {
      ReleaseLog.View view = read.get();
      Draft.expect(act, request.expectCurrent, view);
      ChallengerNotes.Newest newest = notes.newest();
      Optional<Challenger> active =
          newest
              .started()
              .filter(challenger -> notes.fate(challenger, view).isEmpty())
              .or(() -> revoked(view));
      requireMeant(act, request, meant, active);
      meant = active;
      if (active.isEmpty() && newest.readable()) {
        return dropped(view, Optional.empty(), false, request.dryRun);
      }
      if (request.dryRun || notes.drop(newest.number(), draft)) {
        return dropped(view, active, true, request.dryRun);
      }
    }
    throw lostRaces(act);
  }

  private static void requireMeant(
      String act, RollbackRequest request, Optional<Challenger> before, Optional<Challenger> now) {
    boolean other =
        now.isPresent()
            && (request.challenger.orElse(now.get().number()) != now.get().number()
                || before.map(seen -> seen.number() != now.get().number()).orElse(false));
    if (other) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot %s: %s took its place meanwhile (%s, by %s)",
              act,
              now.get().label(),
              now.get().challenge(),
              now.get().who())
          .hint(
              "look at \"mlctl history "
                  + request.target
                  + "\" and, if it is still wanted, try again");
    }
  }

  private static Challenged dropped(
      ReleaseLog.View view, Optional<Challenger> challenger, boolean changed, boolean dryRun) {
    ReleaseRecord champion = view.current().orElseThrow();
    return new Challenged(champion, challenger, true, changed, dryRun, List.of());
  }

  static Failure lostRaces(String act) {
    return Failure.of(FailureKind.CONFLICT, "cannot %s: others were faster %d times", act, RACES)
        .hint("many writers are at work on this model and environment: try again");
  }

  /**
   * Begins a challenger.
   *
   * @param keep makes sure that its bundle is in the store and stays; called once, before the note
   */
  Challenged start(Challenging challenging, Runnable keep) {
    boolean kept = false;
    for (int race = 0; race < RACES; race++) {
      ReleaseLog.View view = read.get();
      ChallengerNotes.Newest newest = notes.newest();
      Optional<Challenger> active =
          newest.started().filter(challenger -> notes.fate(challenger, view).isEmpty());
      List<ChallengerNotes.Entry> known =
          challenging.hasKey() ? notes.all(view, new ArrayList<>()) : List.of();
      Challenging.Step step = challenging.next(view, newest.number(), active, known);
      if (!step.needed() || challenging.isDry()) {
        return challenging.outcome(view, step);
      }
      if (!kept) {
        keep.run();
        kept = true;
      }
      // The note is what counts: before this nobody uses the bundle.
      if (notes.start(step.challenger().orElseThrow())) {
        return challenging.outcome(view, step);
      }
    }
    throw lostRaces("deploy a challenger");
  }
}
