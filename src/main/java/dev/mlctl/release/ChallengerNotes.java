package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The challengers of one model in one environment: {@link Notes} in {@code challengers/} beside the
 * log. A note begins a challenger or drops the one before, and the newest counts; a beginning after
 * a beginning lets the same bundle go on in another way.
 *
 * <p>That a challenger was promoted or revoked no note says. The log does, whose record made its
 * bundle current or revoked it: whoever looks at both cannot find them at odds, wherever a deploy
 * was killed.
 */
final class ChallengerNotes {
  static final String FOLDER = "challengers";
  static final String DROPPED = "dropped";

  private final Notes notes;
  private final ReleaseLog log;

  ChallengerNotes(ObjectStore store, Pause pause, ReleaseLog log) {
    this.notes = new Notes(store, pause, log.parent() + "/" + FOLDER);
    this.log = log;
  }

  /**
   * The newest note.
   *
   * @param number 0 when there is none
   * @param place where it is
   * @param started the challenger it begins; empty for one that drops, and for an unreadable one
   * @param readable false when nobody can tell what it says
   */
  record Newest(long number, String place, Optional<Challenger> started, boolean readable) {}

  Newest newest() {
    Optional<Notes.Note> note = notes.newest();
    if (note.isEmpty()) {
      return new Newest(0, "", Optional.empty(), true);
    }
    Optional<Event> event = event(note.get());
    return new Newest(
        note.get().number(), note.get().place(), event.flatMap(Event::started), event.isPresent());
  }

  /** A challenger and what became of it; empty while it goes on. */
  record Entry(Challenger challenger, Optional<ChallengerFate> fate) {}

  /** Every challenger, oldest first; what cannot be read is a warning. */
  List<Entry> all(ReleaseLog.View view, List<String> warnings) {
    List<Event> events = new ArrayList<>();
    for (Notes.Note note : notes.all()) {
      Optional<Event> event = event(note);
      event.ifPresent(events::add);
      if (event.isEmpty()) {
        warnings.add(unreadable(note.place()));
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Optional<Event> next =
          i + 1 < events.size() ? Optional.of(events.get(i + 1)) : Optional.empty();
      events
          .get(i)
          .started()
          .ifPresent(
              challenger -> entries.add(new Entry(challenger, fate(challenger, next, view))));
    }
    return entries;
  }

  String unreadable(String place) {
    return "a note about a challenger of %s cannot be read and counts as none (%s)"
        .formatted(log.reference(), place);
  }

  /** What became of the newest challenger; empty while it goes on. */
  Optional<ChallengerFate> fate(Challenger newest, ReleaseLog.View view) {
    return fate(newest, Optional.empty(), view);
  }

  private Optional<ChallengerFate> fate(
      Challenger challenger, Optional<Event> next, ReleaseLog.View view) {
    if (next.isPresent() && next.get().dropped().isPresent()) {
      return next.get().dropped();
    }
    long until = next.flatMap(Event::started).map(Challenger::asOf).orElse(Long.MAX_VALUE);
    for (ReleaseRecord release : since(challenger, view)) {
      if (release.number() > until) {
        break;
      } else if (release.revoked().contains(challenger.digest())) {
        return Optional.of(ChallengerFate.by(ChallengerFate.Outcome.REVOKED, release));
      } else if (release.digest().equals(challenger.digest())) {
        return Optional.of(ChallengerFate.by(ChallengerFate.Outcome.PROMOTED, release));
      }
    }
    return next.flatMap(Event::started).map(ChallengerNotes::replaced);
  }

  private static ChallengerFate replaced(Challenger by) {
    return new ChallengerFate(
        ChallengerFate.Outcome.REPLACED, OptionalLong.empty(), by.reason(), by.who(), by.when());
  }

  /** The releases after its beginning; of a long log the view may have the newest only. */
  private List<ReleaseRecord> since(Challenger challenger, ReleaseLog.View view) {
    List<ReleaseRecord> seen = view.records();
    boolean enough = seen.isEmpty() || seen.get(0).number() <= challenger.asOf() + 1;
    return (enough ? seen : log.readAll().records())
        .stream().filter(release -> release.number() > challenger.asOf()).toList();
  }

  /** Begins a challenger; false when another note was there first. */
  boolean start(Challenger challenger) {
    Map<String, Object> fields = challenger.toMap();
    fields.remove("number");
    return notes.append(challenger.number() - 1, fields);
  }

  /** Drops the challenger that note {@code number} began; false when another note was first. */
  boolean drop(long number, Draft draft) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", DROPPED);
    fields.put("when", draft.when().toString());
    fields.put("who", draft.who().toMap());
    fields.put("reason", draft.reason());
    fields.put("operation", draft.operation());
    return notes.append(number, fields);
  }

  /** What one note says: one of the two. */
  private record Event(Optional<Challenger> started, Optional<ChallengerFate> dropped) {}

  private Optional<Event> event(Notes.Note note) {
    try {
      return note.fields().map(fields -> event(note.number(), fields));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private Event event(long number, RecordFormat.Fields fields) {
    if (fields.text("kind").equals(DROPPED)) {
      ChallengerFate fate =
          new ChallengerFate(
              ChallengerFate.Outcome.DROPPED,
              OptionalLong.empty(),
              fields.text("reason"),
              fields.who(),
              Instant.parse(fields.text("when")));
      return new Event(Optional.empty(), Optional.of(fate));
    }
    Challenger challenger = Challenger.from(number, fields);
    String whose = challenger.model() + "@" + challenger.env();
    if (!fields.text("kind").equals(Challenger.STARTED) || !whose.equals(log.reference())) {
      throw new IllegalArgumentException("kind");
    }
    return new Event(Optional.of(challenger), Optional.empty());
  }

  /**
   * The challenger whose bundle somebody may rely on, whatever the log says of it.
   *
   * @throws Failure of kind INVALID when nobody can tell
   */
  Optional<Challenger> relied() {
    Newest newest = newest();
    if (!newest.readable()) {
      throw Failure.of(
              FailureKind.INVALID,
              "the newest note about a challenger of %s is damaged",
              log.reference())
          .at(newest.place())
          .hint(
              "restore it from a copy, or give it up: mlctl rollback "
                  + log.reference()
                  + " --challenger");
    }
    return newest.started();
  }
}
