package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker's step failed with, left in the work directory: engines pass on exceptions as
 * texts, so that their kind, places and hints would be lost.
 */
final class FailureNote {
  private static final String NAME = "failure.json";

  private FailureNote() {}

  /**
   * Leaves word of a failure, as well as that can be done; the failure itself goes on its way. What
   * an engine stops, because another part has failed or the run is cancelled, has nothing to say.
   *
   * @param step what failed, for a failure that nobody foresaw
   */
  static void leave(ScoreJob job, String step, Throwable thrown) {
    Failure failure =
        thrown instanceof Failure known
            ? known
            : Failure.of(FailureKind.PIPELINE, "%s: %s", step, thrown).causedBy(thrown);
    if (failure.kind() == FailureKind.INTERRUPTED || IoFailure.isStop(thrown)) {
      return;
    }
    List<Map<String, String>> problems =
        failure.problems().stream()
            .map(p -> Map.of("message", p.message(), "at", p.at(), "hint", p.hint()))
            .toList();
    try {
      job.workDirectory()
          .put(NAME, Json.write(Map.of("kind", failure.kind().name(), "problems", problems)));
    } catch (IOException | Failure e) {
      thrown.addSuppressed(e); // the runner's own report has to do
    }
  }

  /** Forgets what an earlier run in the same work directory has left. */
  static void remove(WorkDirectory work) throws IOException {
    work.delete(NAME);
  }

  /** What was left, if anything was. */
  static Optional<Failure> read(WorkDirectory work, Throwable cause) {
    try {
      if (!work.has(NAME)) {
        return Optional.empty();
      }
      Map<String, Object> map =
          Json.readObject(NAME, work.text(NAME).getBytes(StandardCharsets.UTF_8));
      List<Problem> problems = new ArrayList<>();
      for (Object each : (List<?>) map.get("problems")) {
        Map<?, ?> problem = (Map<?, ?>) each;
        problems.add(
            new Problem(
                (String) problem.get("message"),
                (String) problem.get("at"),
                (String) problem.get("hint")));
      }
      return Optional.of(
          new Failure(FailureKind.valueOf((String) map.get("kind")), problems, cause));
    } catch (IOException | Failure e) {
      return Optional.empty();
    }
  }
}
