package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What of a run goes to standard output, which gets it once all of it is known to be whole. */
record StandardOutput(ScoreSpec spec, OutputStream stdout) {
  /**
   * Copies what was put together in the work directory for standard output, if anything was.
   *
   * @throws Failure of kind STORAGE when it cannot be written
   */
  void copy(WorkDirectory work) {
    if (spec.sink().isStdout()) {
      copy(work, WorkDirectory.OUTPUT);
    } else if (spec.deadLetter().filter(dead -> dead.sink().isStdout()).isPresent()) {
      copy(work, DeadLetterFile.IN_WORK);
    }
  }

  private void copy(WorkDirectory work, String name) {
    try (InputStream in = work.open(name)) {
      in.transferTo(stdout);
      stdout.flush();
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot write to standard output: %s", e.getMessage())
          .causedBy(e);
    }
  }
}
