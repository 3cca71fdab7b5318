package dev.mlctl.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Everything that was ever released of one model in one environment.
 *
 * @param model the model's name
 * @param env the environment's name
 * @param entries the releases, oldest first; at least one
 */
public record History(String model, String env, List<Entry> entries) {
  /** What became of a release. */
  public enum Status {
    /** It is in use. */
    CURRENT,
    /** A later release took its place. */
    SUPERSEDED,
    /** A rollback left it. */
    ROLLED_BACK,
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
   */
  public record Entry(ReleaseRecord release, Status status) {
    /** The first 12 hex digits of the bundle's digest, for tables. */
    public String shortDigest() {
      return Digest.hex(release.digest()).substring(0, 12);
    }

    /** The record's fields and {@code status}; for JSON. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>(release.toMap());
      map.remove("apiVersion");
      map.put("status", status.words());
      return map;
    }
  }

  /** Copies the entries. */
  public History {
    entries = List.copyOf(entries);
  }

  static History of(String model, String env, List<ReleaseRecord> releases) {
    Set<Long> left = LastGood.leftBehind(releases);
    ReleaseRecord newest = releases.get(releases.size() - 1);
    List<Entry> entries = new ArrayList<>();
    for (ReleaseRecord release : releases) {
      Status status = left.contains(release.number()) ? Status.ROLLED_BACK : Status.SUPERSEDED;
      if (newest.revoked().contains(release.digest())) {
        status = Status.REVOKED;
      } else if (release.number() == newest.number()) {
        status = Status.CURRENT;
      }
      entries.add(new Entry(release, status));
    }
    return new History(model, env, entries);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("model", model);
    map.put("env", env);
    map.put("current", entries.get(entries.size() - 1).release().number());
    map.put("releases", entries.stream().map(Entry::toMap).toList());
    return map;
  }
}
