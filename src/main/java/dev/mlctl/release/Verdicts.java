package dev.mlctl.release;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What monitoring thinks of the releases of one model in one environment: {@link Notes} in {@code
 * verdicts/NUMBER/} beside the log. The newest note about a release counts, and one is written only
 * when the opinion changes.
 *
 * <p>Verdicts are advice, not history: no record refers to them, so a bad one can break no log. One
 * that cannot be read counts as "condemned", because the first note about a release always says so,
 * and because the price of being wrong is small: the release is not where a rollback goes by
 * itself, and {@code --to} still goes there.
 */
public final class Verdicts {
  private static final int MOST_FINDINGS = 20;
  private static final int LONGEST_WHY = 500;
  private static final int LONGEST_FINDING = 2000;

  private final ObjectStore store;
  private final Pause pause;
  private final Who who;
  private final Clock clock;
  private final String operation;
  private final ReleaseLog log;
  private final String folder;

  Verdicts(ObjectStore store, Pause pause, Who who, Clock clock, String operation, ReleaseLog log) {
    this.store = store;
    this.pause = pause;
    this.who = who;
    this.clock = clock;
    this.operation = operation;
    this.log = log;
    this.folder = log.parent() + "/verdicts";
  }

  /**
   * What is thought of the releases.
   *
   * @param condemned the condemned ones by number
   * @param warnings verdicts that cannot be read, one line each
   */
  record View(SortedMap<Long, Verdict> condemned, List<String> warnings) {
    /** Why a release is condemned, if it is. */
    Optional<Verdict> of(long release) {
      return Optional.ofNullable(condemned.get(release));
    }
  }

  /**
   * Notes that a release was found critical, unless that is known.
   *
   * @param why one line; cut after 500 characters
   * @param findings what was critical, worst first; the first 20 are kept
   * @return true when a note was made
   * @throws Failure of kind STORAGE or UNKNOWN_OUTCOME when it may not have been kept
   */
  public boolean condemn(ReleaseRecord release, String why, List<Map<String, Object>> findings) {
    return judge(release, true, why, findings);
  }

  /**
   * Takes back that a release was found critical, if it was.
   *
   * @param why one line; cut after 500 characters
   * @return true when a note was made
   * @throws Failure of kind STORAGE or UNKNOWN_OUTCOME when it may not have been kept
   */
  public boolean acquit(ReleaseRecord release, String why) {
    return judge(release, false, why, List.of());
  }

  /** Whether a release counts as condemned, so that it can be acquitted. */
  public boolean isCondemned(ReleaseRecord release) {
    return of(release.number()).isPresent();
  }

  private boolean judge(
      ReleaseRecord release, boolean condemned, String why, List<Map<String, Object>> findings) {
    Notes notes = notes(release.number());
    long asOf = Math.max(release.number(), log.readRecent().head());
    Verdict verdict =
        new Verdict(
            release.number(),
            asOf,
            condemned,
            cut(why),
            bounded(findings),
            Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            who);
    Map<String, Object> fields = verdict.toMap();
    fields.put("operation", operation);
    while (true) {
      Optional<Notes.Note> newest = notes.newest();
      Optional<Verdict> known = newest.flatMap(Verdicts::readable);
      boolean was = newest.isPresent() && known.map(Verdict::condemned).orElse(true);
      // A verdict made when fewer releases were there may have been overruled since.
      boolean stands = !condemned || known.map(before -> before.asOf() >= asOf).orElse(false);
      if (was == condemned && stands) {
        return false;
      }
      if (notes.append(newest.map(Notes.Note::number).orElse(0L), fields)) {
        return true;
      }
    }
  }

  private static String cut(String text) {
    return Draft.wellFormed(text.substring(0, Math.min(text.length(), LONGEST_WHY)));
  }

  /** So many, and each so long, that the note stays within what {@link Notes} reads. */
  private static List<Map<String, Object>> bounded(List<Map<String, Object>> findings) {
    return findings.stream()
        .filter(f -> Json.write(f).getBytes(StandardCharsets.UTF_8).length <= LONGEST_FINDING)
        .limit(MOST_FINDINGS)
        .toList();
  }

  /** The verdicts on all releases; reads one note for each release that was ever condemned. */
  View read() {
    SortedMap<Long, Verdict> condemned = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    for (String name : names(warnings)) {
      if (name.matches("0{2}[0-9]{18}")) {
        long number = Long.parseLong(name);
        newest(number, warnings)
            .filter(Verdict::condemned)
            .ifPresent(verdict -> condemned.put(number, verdict));
      }
    }
    return new View(condemned, warnings);
  }

  /** Why one release is condemned, if it is. */
  Optional<Verdict> of(long release) {
    List<String> warnings = new ArrayList<>();
    boolean judged = names(warnings).contains(name(release));
    return judged ? newest(release, warnings).filter(Verdict::condemned) : Optional.empty();
  }

  /** To refuse every rollback because of an unreadable folder would be worse than to do without. */
  private List<String> names(List<String> warnings) {
    try {
      return store.list(folder);
    } catch (Failure e) {
      if (e.kind() == FailureKind.INTERRUPTED) {
        throw e;
      }
      warnings.add(
          "no verdict of monitor can be read: %s (%s)"
              .formatted(e.getMessage(), store.place(folder)));
      return List.of();
    }
  }

  private Optional<Verdict> newest(long release, List<String> warnings) {
    String place = store.place(folder(release));
    Optional<Verdict> verdict;
    try {
      Optional<Notes.Note> note = notes(release).newest();
      if (note.isEmpty()) {
        return Optional.empty();
      }
      place = note.get().place();
      verdict = readable(note.get()).filter(read -> read.release() == release);
    } catch (Failure e) {
      if (e.kind() == FailureKind.INTERRUPTED) {
        throw e;
      }
      verdict = Optional.empty();
    }
    if (verdict.isEmpty()) {
      String name = log.reference() + "#" + release;
      warnings.add(
          "the verdict on %s cannot be read, so it counts as condemned (%s)"
              .formatted(name, place));
    }
    return Optional.of(verdict.orElseGet(() -> unreadable(release)));
  }

  private static Verdict unreadable(long release) {
    Who nobody = new Who("", "", "");
    String why = "its verdict cannot be read";
    return new Verdict(release, release, true, why, List.of(), Optional.empty(), nobody);
  }

  private static Optional<Verdict> readable(Notes.Note note) {
    try {
      return note.fields().map(Verdicts::verdict);
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Verdict verdict(RecordFormat.Fields fields) {
    List<Map<String, Object>> findings = new ArrayList<>();
    fields.objects("findings").forEach(finding -> findings.add(new LinkedHashMap<>(finding.map())));
    Verdict verdict =
        new Verdict(
            fields.number("release"),
            fields.number("as_of"),
            !fields.text("verdict").equals("acquitted"),
            fields.text("why"),
            findings,
            Optional.of(Instant.parse(fields.text("when"))),
            fields.who());
    if (verdict.asOf() < verdict.release()) {
      throw new IllegalArgumentException("as_of");
    }
    return verdict;
  }

  private Notes notes(long release) {
    return new Notes(store, pause, folder(release));
  }

  private String folder(long release) {
    return folder + "/" + name(release);
  }

  private static String name(long release) {
    return String.format("%020d", release);
  }
}
