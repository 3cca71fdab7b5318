package dev.mlctl.score;

import dev.mlctl.model.Bundle;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Scores one part per element; holds where the model is, never the model. */
final class ScorePartFn extends DoFn<WorkUnit, KV<String, String>> {
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
  public void score(@Element WorkUnit unit, OutputReceiver<KV<String, String>> results) {
    results.output(KV.of(job.id(), scorer.score(unit).toJson()));
  }
}
