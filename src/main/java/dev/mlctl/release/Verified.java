package dev.mlctl.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was looked at and found sound.
 *
 * @param subject the registry's place, a reference or a bundle's path
 * @param logs logs with at least one release
 * @param releases records, each with its links
 * @param bundles different bundles, each read whole, parsed and proven
 * @param bytes the bytes of those bundles
 * @param unused digests of bundles that no release refers to
 * @param notes what is no fault and yet worth knowing, one line each
 * @param warnings what the user should know, one line each
 */
public record Verified(
    String subject,
    int logs,
    long releases,
    int bundles,
    long bytes,
    List<String> unused,
    List<String> notes,
    List<String> warnings) {
  /** Copies the lists. */
  public Verified {
    unused = List.copyOf(unused);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("subject", subject);
    map.put("sound", true);
    map.put("logs", logs);
    map.put("releases", releases);
    map.put("bundles", bundles);
    map.put("bytes", bytes);
    map.put("unused", unused);
    map.put("notes", notes);
    map.put("warnings", warnings);
    return map;
  }

  /** Counts while things are looked at. */
  static final class Tally {
    private final String subject;
    private int logs;
    private long releases;
    private int bundles;
    private long bytes;
    private final List<String> unused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Tally(String subject) {
      this.subject = subject;
    }

    void log(int count) {
      logs++;
      releases += count;
    }

    void bundle(long size) {
      bundles++;
      bytes += size;
    }

    void unused(String digest) {
      unused.add(digest);
    }

    void note(String line) {
      notes.add(line);
    }

    void warn(List<String> lines) {
      warnings.addAll(lines);
    }

    Verified verified() {
      return new Verified(subject, logs, releases, bundles, bytes, unused, notes, warnings);
    }
  }
}
