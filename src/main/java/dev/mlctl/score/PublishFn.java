package dev.mlctl.score;

import dev.mlctl.error.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Publishes once the results of all parts are there. */
final class PublishFn extends DoFn<KV<String, Iterable<String>>, Void> {
  static final String STEP = "Publish the output";

  private final ScoreJob job;

  PublishFn(ScoreJob job) {
    this.job = job;
  }

  /** Takes the results of the one run there is. An engine may try this more than once. */
  @ProcessElement
  public void publish(@Element KV<String, Iterable<String>> results) throws IOException {
    List<PartResult> parts = new ArrayList<>();
    for (String json : results.getValue()) {
      if (!json.isEmpty()) {
        parts.add(PartResult.fromJson(json));
      }
    }
    if (job.speaksForItself()) {
      publishAlone(parts);
    } else {
      new Publisher(job).publish(parts);
    }
  }

  private void publishAlone(List<PartResult> parts) throws IOException {
    WorkDirectory work = job.workDirectory();
    if (!work.exists()) {
      return; // an earlier try of this step has done everything, and cleaned up last
    }
    try {
      new Publisher(job).publish(parts);
    } catch (RuntimeException e) {
      FailureNote.leave(job, STEP, e);
      if (e instanceof Failure failure) {
        job.record().write(work, failure);
      }
      throw e;
    }
    job.record().write(work, null);
    if (JobNote.isLeftAlone(work)) {
      work.storage().delete(work.path());
    }
  }
}
