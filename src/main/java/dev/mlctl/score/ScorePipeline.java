package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Scoring as a Beam pipeline: the parts of the input, each read and scored where it lands, then all
 * results together, then published.
 *
 * <p>What flows is small: a part's byte range in, a part's counts out. Rows exist only inside one
 * step, in batches, and go from file to file there.
 */
final class ScorePipeline {
  private ScorePipeline() {}

  /**
   * Builds the pipeline of a job; nothing runs yet.
   *
   * @throws Failure of kind USAGE when the runner refuses its options
   */
  static Pipeline build(PipelineOptions options, ScoreJob job, List<WorkUnit> units) {
    Pipeline pipeline = create(options);
    pipeline
        .apply("Start", Impulse.create())
        .apply("Name the parts of the input", ParDo.of(new NamePartsFn(units)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new WorkUnitCoder()))
        // One key per part: a runner spreads keys over its workers. Reshuffle would do the same in
        // six steps more, and the direct runner's bookkeeping grows with steps times parts.
        .apply("Spread the parts over the workers", GroupByKey.create())
        .apply(ScorePartFn.STEP, ParDo.of(new ScorePartFn(job)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Gather the results", GroupByKey.create())
        .apply(PublishFn.STEP, ParDo.of(new PublishFn(job)));
    return pipeline;
  }

  /** Beam makes the runner here, which looks at its options as far as it can. */
  private static Pipeline create(PipelineOptions options) {
    try {
      return Pipeline.create(options);
    } catch (RuntimeException e) {
      throw Failure.of(
              FailureKind.USAGE,
              "the runner refuses its options: %s",
              PipelineFailure.cut(String.valueOf(e.getMessage())))
          .causedBy(e);
    }
  }
}
