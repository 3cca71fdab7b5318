package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A job on a standing Flink cluster. */
final class FlinkJob implements EngineJob {
  private static final Duration POLL = Duration.ofMillis(250);

  /** A JobManager that is started anew takes its time. */
  private static final Duration LOST = Duration.ofMinutes(2);

  private final FlinkRest rest;
  private final String id;
  private long heard = System.nanoTime();

  FlinkJob(FlinkRest rest, String id) {
    this.rest = rest;
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String url() {
    return rest.page(id);
  }

  @Override
  public boolean await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      if (hasEnded()) {
        return true;
      }
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      pause();
    }
  }

  private boolean hasEnded() {
    String state;
    try {
      state = rest.state(id);
      heard = System.nanoTime();
    } catch (IOException e) {
      if (System.nanoTime() - heard < LOST.toNanos()) {
        return false;
      }
      throw Failure.of(
              FailureKind.UNKNOWN_OUTCOME,
              "cannot tell how job %s ends: Flink has not answered for %d s: %s",
              id,
              LOST.toSeconds(),
              FlinkRest.reason(e))
          .at(url())
          .causedBy(e);
    }
    return switch (state) {
      case "FINISHED" -> true;
      case "FAILED" -> throw failure();
      case "CANCELED" ->
          throw Failure.of(FailureKind.PIPELINE, "job %s was cancelled on the cluster", id)
              .at(url())
              .hint("nothing was published");
      default -> false;
    };
  }

  private Failure failure() {
    String cause;
    try {
      cause = PipelineFailure.rootCause(rest.rootException(id).lines().toList());
    } catch (IOException e) {
      cause = "Flink does not say why: " + FlinkRest.reason(e);
    }
    return Failure.of(FailureKind.PIPELINE, "Flink job %s failed: %s", id, cause)
        .at(url())
        .hint("nothing was published; the whole log is there, and in the TaskManagers' log files");
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    }
  }

  @Override
  public void cancel() {
    try {
      rest.cancel(id);
    } catch (IOException e) {
      throw Failure.of(FailureKind.PIPELINE, "cannot cancel job %s: %s", id, FlinkRest.reason(e))
          .at(url())
          .hint("cancel it in Flink's dashboard")
          .causedBy(e);
    }
  }
}
