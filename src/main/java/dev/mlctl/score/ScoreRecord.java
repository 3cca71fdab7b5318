package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.error.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the registry keeps of a run, for monitor: what was done, with what, and what it came to. */
record ScoreRecord(ScoreSpec spec, ScoredModel model) {
  /** What is known when a run starts. */
  Map<String, Object> head(String id, Instant started) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("kind", "score");
    map.put("id", id);
    map.put("model", model.bundle().name());
    map.put("reference", model.reference());
    if (model.release().isPresent()) {
      map.put("environment", model.environment());
      map.put("release", model.release().getAsLong());
    }
    map.put("digest", model.digest());
    map.put("runner", spec.execution().runner().text());
    map.put("started", started.toString());
    map.put("source", spec.source().paths());
    map.put("sink", sink());
    map.put("output", output());
    model.challenger().ifPresent(tried -> map.put("challenger", tried.toMap()));
    spec.deadLetter().ifPresent(dead -> map.put("dead_letter", dead.sink().path()));
    return map;
  }

  /**
   * Adds how a run ended.
   *
   * @param failure what the run failed with, or null
   * @param total what all parts came to, or null if the run did not get so far
   */
  static void finish(Map<String, Object> map, Instant finished, Failure failure, Tally total) {
    Instant started = Instant.parse((String) map.get("started"));
    map.put("finished", finished.toString());
    map.put("seconds", Duration.between(started, finished).toMillis() / 1e3);
    map.put("status", failure == null ? "ok" : "failed");
    if (failure != null) {
      map.put("failure", failure.problems().get(0).message());
    }
    if (total != null) {
      map.put("rows_in", total.rowsIn());
      map.put("rows_out", total.rowsOut());
      map.put("rows_rejected", total.rejected());
      map.put("rows_digest", total.digest().toString());
      map.put("reasons", total.reasons());
      map.put("service", total.service().toMap());
      RunProfile profile = total.profile().shortened();
      map.put("profile", new ProfileFormat(profile.whole()).toMap(profile));
      if (total.challenger() != null) {
        Map<String, Object> tried = new LinkedHashMap<>();
        ((Map<?, ?>) map.get("challenger")).forEach((key, value) -> tried.put((String) key, value));
        tried.putAll(total.challenger().record());
        map.put("challenger", tried);
      }
    }
  }

  private Map<String, Object> output() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("prediction", spec.output().prediction());
    map.put("release", spec.output().release());
    map.put("challenger", spec.output().challenger());
    return map;
  }

  /** Where the rows went, in a form that still names the file from another directory. */
  private Map<String, Object> sink() {
    ScoreSink sink = spec.sink();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", ScoreShape.writing(sink.format()));
    boolean local = !sink.isStdout() && RemoteScheme.schemeOf(sink.path()).isEmpty();
    map.put("path", local ? Path.of(sink.path()).toAbsolutePath().toString() : sink.path());
    map.put("delimiter", String.valueOf(sink.csvOptions().delimiter()));
    if (sink.csvOptions().quote() != CsvOptions.DEFAULT.quote()) {
      map.put("quote", String.valueOf(sink.csvOptions().quote()));
    }
    if (sink.compression() != Compression.NONE) {
      map.put("compression", sink.compression().name().toLowerCase(Locale.ROOT));
    }
    return map;
  }
}
