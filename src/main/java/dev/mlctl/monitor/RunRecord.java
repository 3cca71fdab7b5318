package dev.mlctl.monitor;

import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What monitoring needs of a run record that score wrote. The profile and the sink stay plain maps
 * until they are asked for, since most records of a long history are only counted.
 *
 * @param digest of the bundle that scored, 64 hexadecimal digits
 * @param release the release it names, if it does
 * @param failed whether the run published no output
 * @param rowsIn rows read; 0 for a run that failed before it knew
 * @param sink where the predictions went: a {@code path}, or {@code files}
 * @param output what a row of them holds
 * @param challenger what was tried beside the release; empty when nothing was
 * @param service how fast it answered, as far as the record tells
 */
record RunRecord(
    String id,
    String digest,
    OptionalLong release,
    Instant started,
    Instant finished,
    boolean failed,
    long rowsIn,
    long rowsRejected,
    Map<?, ?> profile,
    Map<?, ?> sink,
    Map<?, ?> output,
    Map<?, ?> challenger,
    RunService service) {

  /**
   * Reads a record as {@code config.Json} gives it; keys that are not needed may be there. A sink
   * is a map or just its path.
   */
  static RunRecord from(Map<String, Object> json) {
    String id = json.get("id") instanceof String text ? text : "without an id";
    try {
      Instant started = Instant.parse((String) json.get("started"));
      Object finished = json.get("finished");
      return new RunRecord(
          (String) present(json, "id"),
          Subject.hex((String) present(json, "digest")),
          json.containsKey("release")
              ? OptionalLong.of(whole(json, "release"))
              : OptionalLong.empty(),
          started,
          finished == null ? started : Instant.parse((String) finished),
          failed(json.get("status")),
          whole(json, "rows_in"),
          whole(json, "rows_rejected"),
          map(json, "profile"),
          sink(json.get("sink")),
          map(json, "output"),
          map(json, "challenger"),
          RunService.from(map(json, "service")));
    } catch (ClassCastException
        | NullPointerException
        | DateTimeException
        | IllegalArgumentException e) {
      throw damaged(id, e);
    }
  }

  /** The same without its profile, which is most of it. */
  RunRecord withoutProfile() {
    return new RunRecord(
        id,
        digest,
        release,
        started,
        finished,
        failed,
        rowsIn,
        rowsRejected,
        Map.of(),
        sink,
        output,
        challenger,
        service);
  }

  /** The label of a challenger that answered some of the rows; empty when none did. */
  Optional<String> canary() {
    return "canary".equals(challenger.get("mode"))
            && challenger.containsKey("answered") // one that was left out has answered nothing
            && challenger.get("label") instanceof String label
        ? Optional.of(label)
        : Optional.empty();
  }

  /** Whether its rows say which release answered them. */
  boolean namesReleases() {
    return Boolean.TRUE.equals(output.get("release"));
  }

  /** How long the run took, in seconds. */
  double seconds() {
    Duration took = Duration.between(started, finished);
    return took.toSeconds() + took.toMillisPart() / 1e3;
  }

  /**
   * The profile of what passed, if the run recorded one.
   *
   * @param format of the profiles of the same model
   */
  Optional<RunProfile> profile(ProfileFormat format) {
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(format.fromMap(profile));
    } catch (IllegalArgumentException e) {
      throw damaged(id, e);
    }
  }

  private static Failure damaged(String id, Exception cause) {
    String reason = cause.getMessage() == null ? "a key is missing" : cause.getMessage();
    return Failure.of(FailureKind.INVALID, "the record of run %s cannot be read: %s", id, reason)
        .hint("choose other runs with --run, or score again")
        .causedBy(cause);
  }

  private static boolean failed(Object status) {
    return "failed".equals(status) || "interrupted".equals(status);
  }

  private static Object present(Map<String, Object> json, String key) {
    Object value = json.get(key);
    if (value == null) {
      throw new NullPointerException("\"" + key + "\" is missing");
    }
    return value;
  }

  /** A count; a run that failed early has none. */
  private static long whole(Map<String, Object> json, String key) {
    if (!json.containsKey(key) && failed(json.get("status"))) {
      return 0;
    }
    Object count = present(json, key);
    boolean whole = count instanceof Long || count instanceof Integer;
    if (!whole || ((Number) count).longValue() < 0) {
      throw new IllegalArgumentException("\"" + key + "\" is not a count: " + count);
    }
    return ((Number) count).longValue();
  }

  private static Map<?, ?> sink(Object sink) {
    if (sink == null) {
      return Map.of();
    }
    return sink instanceof String path ? Map.of("path", path) : (Map<?, ?>) sink;
  }

  private static Map<?, ?> map(Map<String, Object> json, String key) {
    Object value = json.get(key);
    return value == null ? Map.of() : (Map<?, ?>) value;
  }
}
