package dev.mlctl.score;

import dev.mlctl.model.Bundle;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Scores one part per key; holds where the model is, never the model. */
final class ScorePartFn extends DoFn<KV<Integer, Iterable<WorkUnit>>, KV<String, String>> {
  private final ScoreJob job;
  private transient PartScorer scorer;

  ScorePartFn(ScoreJob job) {
    this.job = job;
  }

  /** Gets the process's copy of the model. */
  @Setup
  public void setUp() throws IOException {
    Bundle bundle = Models.get(job.digest(), job.workDirectory().bundle());
    scorer = new PartScorer(job, bundle);
  }

  /** Scores a part. The one key brings all results together. */
  @ProcessElement
  public void score(
      @Element KV<Integer, Iterable<WorkUnit>> part, OutputReceiver<KV<String, String>> results) {
    for (WorkUnit unit : part.getValue()) {
      results.output(KV.of(job.id(), scorer.score(unit).toJson()));
    }
  }
}
