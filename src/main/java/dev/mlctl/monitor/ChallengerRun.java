package dev.mlctl.monitor;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that scored with the release and with its challenger.
 *
 * @param run its record
 * @param record the same as JSON has it
 * @param rejected rows that the challenger could not score
 */
record ChallengerRun(
    RunRecord run, Map<String, Object> record, long rejected, Comparison comparison) {
  /** The newest runs of the pair since the challenger began, oldest first. */
  static List<ChallengerRun> of(Subject champion, Rival rival, Records records, int most) {
    List<ChallengerRun> newestFirst = new ArrayList<>();
    List<String> ids = records.ids();
    for (int i = ids.size() - 1; i >= 0 && newestFirst.size() < most; i--) {
      Map<String, Object> record = records.read(ids.get(i));
      if (RunRecord.from(record).started().isBefore(rival.since())) {
        break;
      }
      if (record.get("challenger") instanceof Map<?, ?> tried
          && tried.get("comparison") instanceof Map<?, ?> compared
          && tried.get("digest") instanceof String digest
          && Subject.hex(digest).equals(rival.digest())) {
        RunRecord run = RunRecord.from(record);
        if (run.digest().equals(champion.digest()) && !run.failed()) {
          newestFirst.add(of(run, record, compared));
        }
      }
    }
    Collections.reverse(newestFirst);
    return List.copyOf(newestFirst);
  }

  private static ChallengerRun of(RunRecord run, Map<String, Object> record, Map<?, ?> compared) {
    try {
      return new ChallengerRun(
          run,
          record,
          ((Number) run.challenger().get("rejected")).longValue(),
          Comparison.fromMap(compared));
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw Failure.of(
              FailureKind.INVALID,
              "the record of run %s cannot be read: %s",
              run.id(),
              e.getMessage())
          .causedBy(e);
    }
  }

  /** The record as it would be had the challenger run alone. */
  Map<String, Object> alone(Rival rival) {
    Map<String, Object> own = new LinkedHashMap<>(record);
    own.put("digest", rival.digest());
    own.put("rows_in", comparison.rows() + rejected);
    own.put("rows_rejected", rejected);
    own.put("profile", run.challenger().get("profile"));
    own.remove("challenger");
    return own;
  }

  /** Whether some rows hold the challenger's answer. */
  boolean isCanary() {
    return run.canary().isPresent();
  }
}
