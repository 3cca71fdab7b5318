package dev.mlctl.score;

import dev.mlctl.data.Profile;
import dev.mlctl.data.RowDigest;
import dev.mlctl.error.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run came to. Immutable.
 *
 * @param id of the run
 * @param model the reference that was scored with, pinned
 * @param release its number, or empty for a bundle file
 * @param digest of the bundle
 * @param runner mlctl's name of what ran it
 * @param rowsIn rows read
 * @param rowsOut rows scored; in all {@code rowsIn = rowsOut + rejected}
 * @param rejected rows that could not be scored
 * @param rowsDigest of the rows scored, as they were written, in whatever order
 * @param time from start to published output
 * @param inputs how many files were read
 * @param parts into how many parts the input was cut
 * @param resumed how many of them an earlier run that was killed had finished
 * @param output the file, or {@code -}
 * @param deadLetter the file of rejected rows, or empty
 * @param reasons rejected rows by kind of reason, the most frequent first, ten at most
 * @param firstRejected the first rejected rows with their places, five at most
 * @param profile of the rows scored
 * @param challenger what it came to for what is tried beside the model, if anything is
 */
public record ScoreSummary(
    String id,
    String model,
    OptionalLong release,
    String digest,
    String runner,
    long rowsIn,
    long rowsOut,
    long rejected,
    RowDigest rowsDigest,
    Duration time,
    int inputs,
    int parts,
    int resumed,
    String output,
    String deadLetter,
    Map<String, Long> reasons,
    List<Problem> firstRejected,
    Profile profile,
    Optional<ChallengerSummary> challenger) {
  private static final int SHOWN_REASONS = 10;

  /** Copies; keeps the most frequent reasons. */
  public ScoreSummary {
    Map<String, Long> most = new LinkedHashMap<>();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN_REASONS)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    reasons = Collections.unmodifiableMap(most);
    firstRejected = List.copyOf(firstRejected);
  }

  /** Rows read per second of the whole run. */
  public double rowsPerSecond() {
    return time.isZero() ? 0 : rowsIn / (time.toNanos() / 1e9);
  }

  /** The summary as it is printed in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("id", id);
    map.put("model", model);
    if (release.isPresent()) {
      map.put("release", release.getAsLong());
    }
    map.put("digest", digest);
    map.put("runner", runner);
    map.put("rows_in", rowsIn);
    map.put("rows_out", rowsOut);
    map.put("rejected", rejected);
    map.put("rows_digest", rowsDigest.toString());
    map.put("seconds", time.toMillis() / 1e3);
    map.put("rows_per_second", (double) Math.round(rowsPerSecond()));
    map.put("inputs", inputs);
    map.put("parts", parts);
    map.put("parts_resumed", resumed);
    map.put("output", output);
    if (!deadLetter.isEmpty()) {
      map.put("dead_letter", deadLetter);
    }
    map.put("reasons", reasons);
    challenger.ifPresent(tried -> map.put("challenger", tried.toMap()));
    return map;
  }
}
