package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to become of one bundle in the store: {@link Pruning} may come to delete it while a
 * deploy comes to rely on it, and neither may wait for the other.
 *
 * <p>Both leave notes ({@link Notes}) in {@code condemned/HEX/}, and what the newest note says
 * decides:
 *
 * <pre>
 * none, "kept"        the bundle stays
 * "condemned"         no release referred to it when the note was made; a deploy may still keep it
 * "deleting"          it is going to be deleted at once by whoever made the note, and by nobody else
 * </pre>
 *
 * <p><b>Why no release can lose its bundle.</b> A deploy looks at the fate, makes a note "kept"
 * after a "condemned" one, only then puts the bundle, and only then creates the record. Prune
 * deletes only after it has itself created the note "deleting" directly after a "condemned" one of
 * at least the grace period's age, having read all logs after that age was reached. Take a deploy
 * and the "condemned" note C that a deletion rests on:
 *
 * <ul>
 *   <li>The deploy looked before C was made. It creates its record within the grace period of
 *       looking, so the record is in the log when prune, a grace period after C, reads the logs.
 *       Prune finds the bundle referred to and does not delete it.
 *   <li>The deploy looked after C and before the note "deleting". It tries to create "kept" under
 *       the number that "deleting" would have, and put-if-absent lets only one of them have it. If
 *       the deploy won, prune cannot create its note and does not delete. If prune won, the deploy
 *       looks again and finds "deleting".
 *   <li>The deploy found "deleting". A young note: it is refused, nothing was committed. An old
 *       one: whoever made it has deleted the bundle by now or never will ({@link #PROMPT} against
 *       {@link #SETTLED}), so the bundle that the deploy puts or finds afterwards stays.
 * </ul>
 *
 * <p>A prune that is killed between its note and the deletion leaves a bundle that no later one may
 * delete on the strength of that note: it condemns the bundle anew, and the grace period begins
 * again. A damaged note is never one to delete by, and a deploy makes a "kept" one after it.
 *
 * <p><b>What it rests on.</b> Put-if-absent, and on time in one way: no process sleeps for hours in
 * the middle of this. From its look at the fate to its record a deploy takes less than the grace
 * period (a day at least) less an hour; a note is created, and what it allows is done, within an
 * hour of the time it bears; and clocks are less than that apart.
 */
final class Fate {
  static final String FOLDER = "condemned";

  /** Whoever is slower than this from its note to the deletion does not delete. */
  static final Duration PROMPT = Duration.ofMinutes(1);

  /** How old a note "deleting" is when nobody deletes by it any more. */
  static final Duration SETTLED = Duration.ofHours(1);

  private final Notes notes;
  private final String digest;
  private final Who who;
  private final Clock clock;
  private final String operation;

  /**
   * The fate of a bundle.
   *
   * @param who who is at work
   * @param operation a random id, so that no two write the same note
   */
  Fate(ObjectStore store, Pause pause, String digest, Who who, Clock clock, String operation) {
    this.notes = new Notes(store, pause, FOLDER + "/" + Digest.hex(digest));
    this.digest = digest;
    this.who = who;
    this.clock = clock;
    this.operation = operation;
  }

  /** What a note can say. */
  enum Word {
    KEPT("kept"),
    CONDEMNED("condemned"),
    DELETING("deleting"),
    /** It is damaged, or of a later version that knows more words. */
    UNREADABLE("");

    private final String text;

    Word(String text) {
      this.text = text;
    }
  }

  /**
   * The newest note.
   *
   * @param number 0 when there is none
   * @param word {@link Word#KEPT} when there is none
   * @param since when the note was made; for an unreadable one, never
   * @param who who made it
   */
  record Now(long number, Word word, Instant since, String who) {
    /** At least so old, by our clock and that of whoever made the note. */
    boolean isOlder(Duration age, Instant now) {
      return !since.isAfter(now.minus(age));
    }
  }

  Now now() {
    Optional<Notes.Note> newest = notes.newest();
    if (newest.isEmpty()) {
      return new Now(0, Word.KEPT, Instant.MIN, "");
    }
    long number = newest.get().number();
    try {
      RecordFormat.Fields fields = newest.get().fields().orElseThrow(IllegalArgumentException::new);
      for (Word word : Word.values()) {
        if (word != Word.UNREADABLE && word.text.equals(fields.text("fate"))) {
          Instant since = Instant.parse(fields.text("when"));
          return new Now(number, word, since, fields.who().toString());
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Told below.
    }
    return new Now(number, Word.UNREADABLE, Instant.MAX, "");
  }

  /**
   * Makes sure that the bundle stays, before a deploy relies on it.
   *
   * @throws Failure of kind CONFLICT when it is being deleted at this moment; of kind STORAGE when
   *     its fate cannot be told or changed. Nothing was committed in either case.
   */
  void keep(String act) {
    Instant start = clock.instant();
    while (true) {
      Now now = now();
      if (now.word() == Word.DELETING && !now.isOlder(SETTLED, start)) {
        throw beingDeleted(act, now);
      }
      if (now.word() == Word.KEPT || now.word() == Word.DELETING || note(now, Word.KEPT)) {
        return;
      }
    }
  }

  private static Failure beingDeleted(String act, Now now) {
    return Failure.of(
            FailureKind.CONFLICT,
            "cannot %s: \"mlctl prune\" is deleting the same bundle, which no release referred to"
                + " (%s, %s); nothing was committed",
            act,
            now.who(),
            now.since())
        .hint("deploy it again after " + now.since().plus(SETTLED));
  }

  /** Condemns it; false when its fate changed meanwhile. */
  boolean condemn(Now seen) {
    return note(seen, Word.CONDEMNED);
  }

  /** Gains the right to delete it, at once and once only; false when its fate changed meanwhile. */
  boolean sentence(Now seen) {
    if (seen.word() != Word.CONDEMNED) {
      throw new IllegalArgumentException("never condemned: " + digest);
    }
    return note(seen, Word.DELETING);
  }

  private boolean note(Now seen, Word word) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fate", word.text);
    fields.put("bundle", digest);
    fields.put("when", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("who", who.toMap());
    fields.put("operation", operation);
    try {
      return notes.append(seen.number(), fields);
    } catch (Failure e) {
      // Nothing rests on a note that may or may not be there: whoever made it stops here.
      throw Failure.of(
              e.kind() == FailureKind.UNKNOWN_OUTCOME ? FailureKind.STORAGE : e.kind(),
              "%s; nothing was committed",
              e.getMessage().replace("; nothing was committed", ""))
          .at(e.problems().get(0).at())
          .causedBy(e);
    }
  }
}
