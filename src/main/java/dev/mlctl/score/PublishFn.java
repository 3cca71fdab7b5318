package dev.mlctl.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Publishes once the results of all parts are there. */
final class PublishFn extends DoFn<KV<String, Iterable<String>>, Void> {
  private final ScoreJob job;

  PublishFn(ScoreJob job) {
    this.job = job;
  }

  /** Takes the results of the one run there is. */
  @ProcessElement
  public void publish(@Element KV<String, Iterable<String>> results) {
    List<PartResult> parts = new ArrayList<>();
    for (String json : results.getValue()) {
      if (!json.isEmpty()) {
        parts.add(PartResult.fromJson(json));
      }
    }
    new Publisher(job).publish(parts);
  }
}
