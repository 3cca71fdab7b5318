package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Scores one part per key; holds where the model is, never the model. */
final class ScorePartFn extends DoFn<KV<Integer, Iterable<WorkUnit>>, KV<String, String>> {
  static final String STEP = "Score each part";

  private final ScoreJob job;
  private transient UnitScorer scorer;

  ScorePartFn(ScoreJob job) {
    this.job = job;
  }

  /** Gets the process's copy of the model. */
  @Setup
  public void setUp() {
    try {
      Bundle bundle = Models.get(job.digest(), job.bundle());
      scorer = new UnitScorer(job, bundle);
    } catch (IOException e) {
      Failure failure =
          Failure.of(FailureKind.PIPELINE, "a worker cannot read the bundle: %s", e)
              .at(job.bundle())
              .causedBy(e);
      leaveWord(failure);
      throw failure;
    } catch (Failure e) {
      leaveWord(e);
      throw e;
    }
  }

  /**
   * Scores a part. The one key brings all results together. Where all workers share one output, an
   * element is a ticket: whoever holds one takes parts in input order until none is left.
   */
  @ProcessElement
  public void score(
      @Element KV<Integer, Iterable<WorkUnit>> part, OutputReceiver<KV<String, String>> results) {
    LiveRun run = LiveRun.of(job.id());
    Optional<OrderedOutput> output = run.enter();
    try {
      for (WorkUnit unit : part.getValue()) {
        results.output(KV.of(job.id(), scored(unit, output)));
      }
    } catch (RuntimeException e) {
      leaveWord(e);
      throw e;
    } finally {
      run.leave();
    }
  }

  private void leaveWord(RuntimeException thrown) {
    if (job.speaksForItself()) {
      FailureNote.leave(job, STEP, thrown);
    }
  }

  private String scored(WorkUnit unit, Optional<OrderedOutput> shared) {
    if (shared.isEmpty()) {
      return scoredToFile(unit);
    }
    scoreAll(shared.get());
    return "";
  }

  private void scoreAll(OrderedOutput output) {
    boolean more = true;
    while (more) {
      more = output.scoreNext(scorer);
    }
  }

  private String scoredToFile(WorkUnit unit) {
    PartResult result = scorer.scoreToFile(unit, scorer.start(unit));
    try {
      job.workDirectory().putResult(result);
    } catch (IOException e) {
      throw IoFailure.writing(job.publication().output(), e);
    }
    return result.toJson();
  }
}
