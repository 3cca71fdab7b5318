package dev.mlctl.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was ever released of one model in one environment.
 *
 * @param model the model's name
 * @param env the environment's name
 * @param entries the releases, oldest first; at least one
 * @param challengers what was tried beside them, oldest first
 * @param warnings what the user should know, one line each
 */
public record History(
    String model, String env, List<Entry> entries, List<Tried> challengers, List<String> warnings) {
  /** What became of a release. */
  public enum Status {
    /** It is in use. */
    CURRENT,
    /** A later release took its place. */
    SUPERSEDED,
    /** A rollback left it. */
    ROLLED_BACK,
    /** Monitoring found it critical, and it is no longer in use. */
    CONDEMNED,
    /** Its bundle is never to be used again. */
    REVOKED;

    /** The words that tables and JSON use. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One release and what became of it.
   *
   * @param release the record
   * @param status what became of it
   * @param verdict why monitoring condemns it, if it does; also when it is in use
   */
  public record Entry(ReleaseRecord release, Status status, Optional<Verdict> verdict) {
    /** The first 12 hex digits of the bundle's digest, for tables. */
    public String shortDigest() {
      return Digest.hex(release.digest()).substring(0, 12);
    }

    /**
     * The record's fields, {@code status}, {@code before} (the release it replaced) and, if
     * monitoring found it critical, {@code condemned}; for JSON.
     */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>(release.toMap());
      map.remove("apiVersion");
      map.put("status", status.words());
      if (release.number() > 1) {
        map.put("before", release.number() - 1);
      }
      verdict.ifPresent(found -> map.put("condemned", found.toMap()));
      return map;
    }
  }

  /**
   * A challenger and what became of it.
   *
   * @param fate how it ended; empty while it goes on
   */
  public record Tried(Challenger challenger, Optional<ChallengerFate> fate) {
    /** The word for how it is or ended: {@code active}, {@code promoted}, … */
    public String status() {
      return fate.map(end -> end.outcome().word()).orElse("active");
    }

    /** The challenger's fields, {@code status} and, when it has, how it {@code ended}. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>(challenger.toMap());
      map.put("status", status());
      fate.ifPresent(end -> map.put("ended", end.toMap()));
      return map;
    }
  }

  /** Copies the lists. */
  public History {
    entries = List.copyOf(entries);
    challengers = List.copyOf(challengers);
    warnings = List.copyOf(warnings);
  }

  static History of(
      List<ReleaseRecord> releases,
      Verdicts.View verdicts,
      List<ChallengerNotes.Entry> challengers,
      List<String> warnings) {
    Set<Long> left = LastGood.leftBehind(releases);
    ReleaseRecord newest = releases.get(releases.size() - 1);
    List<Entry> entries = new ArrayList<>();
    for (ReleaseRecord release : releases) {
      Optional<Verdict> verdict = verdicts.of(release.number());
      Status status = left.contains(release.number()) ? Status.ROLLED_BACK : Status.SUPERSEDED;
      if (newest.revoked().contains(release.digest())) {
        status = Status.REVOKED;
      } else if (release.number() == newest.number()) {
        status = Status.CURRENT;
      } else if (verdict.isPresent()) {
        status = Status.CONDEMNED;
      }
      entries.add(new Entry(release, status, verdict));
    }
    List<Tried> tried =
        challengers.stream().map(each -> new Tried(each.challenger(), each.fate())).toList();
    return new History(newest.model(), newest.env(), entries, tried, warnings);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("model", model);
    map.put("env", env);
    map.put("current", entries.get(entries.size() - 1).release().number());
    map.put("releases", entries.stream().map(Entry::toMap).toList());
    map.put("challengers", challengers.stream().map(Tried::toMap).toList());
    map.put("warnings", warnings);
    return map;
  }
}
