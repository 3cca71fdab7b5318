package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Word of a job that goes on without the command that submitted it, left in the work directory: for
 * other commands, which must not write the same output, and for the job itself, which then cleans
 * up.
 */
final class JobNote {
  private static final String JOB = "job.json";
  private static final String ALONE = "left-alone";

  private JobNote() {}

  static void put(WorkDirectory work, EngineJob job) throws IOException {
    work.put(JOB, Json.write(Map.of("job", job.id(), "url", job.url())));
  }

  /** Tells the job that it is left to itself. */
  static void leaveAlone(WorkDirectory work) throws IOException {
    work.put(ALONE, "");
  }

  static boolean isLeftAlone(WorkDirectory work) throws IOException {
    return work.has(ALONE);
  }

  /**
   * Checks that no job is at work here.
   *
   * @throws Failure of kind CONFLICT when one may be
   */
  static void requireNone(WorkDirectory work, String target) throws IOException {
    if (!work.has(JOB)) {
      return;
    }
    Map<String, Object> job = Json.readObject(JOB, work.text(JOB).getBytes(StandardCharsets.UTF_8));
    String url = (String) job.get("url");
    throw Failure.of(
            FailureKind.CONFLICT,
            "job %s was submitted for this output and may still be at work%s",
            job.get("job"),
            url.isEmpty() ? "" : ": " + url)
        .at(target)
        .hint("wait for it or cancel it; if it is gone, remove " + work.path());
  }

  /** Forgets a job that has ended or was cancelled. */
  static void remove(WorkDirectory work) throws IOException {
    work.delete(JOB);
  }
}
