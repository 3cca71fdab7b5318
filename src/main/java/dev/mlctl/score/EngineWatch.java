package dev.mlctl.score;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;

/** Stays with a job from its submission to its end. */
final class EngineWatch {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Engine engine;
  private final WorkDirectory work;
  private final Waiting waiting;
  private final Progress progress;
  private final LiveRun run;
  private final InputPlan plan;
  private EngineJob job;
  private int seen;

  EngineWatch(
      Engine engine,
      WorkDirectory work,
      Waiting waiting,
      Progress progress,
      LiveRun run,
      InputPlan plan) {
    this.engine = engine;
    this.work = work;
    this.waiting = waiting;
    this.progress = progress;
    this.run = run;
    this.plan = plan;
  }

  /**
   * Starts a pipeline, and leaves word of the job where it would go on without this process.
   *
   * @param finished how many parts an earlier run has finished
   */
  EngineJob submit(Pipeline pipeline, int finished) throws IOException {
    seen = finished;
    FailureNote.remove(work);
    if (!waiting.untilEnd()) {
      JobNote.leaveAlone(work);
    }
    job = engine.submit(pipeline);
    if (engine.outlivesUs()) {
      JobNote.put(work, job);
      String shown = job.url().isEmpty() ? "" : ", see " + job.url();
      progress.note("job %s%s".formatted(job.id(), shown));
    }
    return job;
  }

  /**
   * Waits until the job has ended.
   *
   * @throws Failure what a step failed with, or one of kind PIPELINE when the runner failed or the
   *     time is over
   */
  void await() throws IOException {
    long deadline = System.nanoTime() + waiting.limit().map(Duration::toNanos).orElse(0L);
    try {
      while (!job.await(LOOK)) {
        if (waiting.limit().isPresent() && System.nanoTime() - deadline >= 0) {
          job.cancel();
          throw Failure.of(
                  FailureKind.PIPELINE,
                  "the run was not over after %s, the time it was given",
                  text(waiting.limit().get()))
              .hint("what is scored is kept: the same command goes on from there")
              .causedBy(new TimeoutException());
        }
        if (engine.workersElsewhere()) {
          look();
        }
      }
    } catch (Failure e) {
      throw FailureNote.read(work, e).orElse(e);
    }
  }

  private static String text(Duration limit) {
    return limit.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /** Workers of other processes tell how far they are by the results they leave. */
  private void look() throws IOException {
    int results = work.countResults();
    if (results > seen) {
      run.advance(plan.bytes() / plan.units().size() * (results - seen));
      seen = results;
    }
  }
}
