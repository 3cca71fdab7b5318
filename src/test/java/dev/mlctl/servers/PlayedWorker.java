package dev.mlctl.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.DoFnWithExecutionInformation;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.apache.beam.sdk.util.construction.RehydratedComponents;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Plays a worker of Dataflow's, in a JVM whose class path is what was staged (and Beam's direct
 * runner, in the place of the service and its harness). What it does is real: the functions and
 * coders are those of the submitted pipeline, the options those of the job.
 */
final class PlayedWorker {
  private PlayedWorker() {}

  /**
   * Does the work.
   *
   * @param arguments the files of the pipeline and of the options
   */
  public static void main(String[] arguments) throws Exception {
    RunnerApi.Pipeline sent =
        RunnerApi.Pipeline.parseFrom(Files.readAllBytes(Path.of(arguments[0])));
    PipelineOptions options =
        PipelineOptionsTranslation.fromJson(Files.readString(Path.of(arguments[1])));
    options.setRunner(directRunner());
    Pipeline pipeline = Pipeline.create(options);
    PCollection<?> rows = null;
    for (String id : sent.getRootTransformIdsList()) {
      PTransform step = sent.getComponents().getTransformsOrThrow(id);
      if (step.getSubtransformsCount() == 1) {
        step = sent.getComponents().getTransformsOrThrow(step.getSubtransforms(0));
      }
      rows = apply(pipeline, rows, step, sent);
    }
    pipeline.run().waitUntilFinish();
  }

  @SuppressWarnings("unchecked")
  private static Class<PipelineRunner<?>> directRunner() throws ClassNotFoundException {
    return (Class<PipelineRunner<?>>)
        (Class<?>) Class.forName("org.apache.beam.runners.direct.DirectRunner");
  }

  /** Applies a step to the one before it; pipelines with branches are not played. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static PCollection<?> apply(
      Pipeline pipeline, PCollection<?> rows, PTransform step, RunnerApi.Pipeline sent)
      throws Exception {
    String name = step.getUniqueName();
    String urn = step.getSpec().getUrn();
    if (urn.equals("beam:transform:impulse:v1")) {
      return pipeline.apply(name, Impulse.create());
    } else if (urn.equals("beam:transform:group_by_key:v1")) {
      return ((PCollection<KV<Object, Object>>) rows).apply(name, GroupByKey.create());
    }
    byte[] function =
        RunnerApi.ParDoPayload.parseFrom(step.getSpec().getPayload())
            .getDoFn()
            .getPayload()
            .toByteArray();
    DoFn<?, ?> work =
        ((DoFnWithExecutionInformation)
                SerializableUtils.deserializeFromByteArray(function, "the function of " + name))
            .getDoFn();
    PCollection out = (PCollection) ((PCollection) rows).apply(name, ParDo.of(work));
    String output = step.getOutputsMap().values().iterator().next();
    String coder = sent.getComponents().getPcollectionsOrThrow(output).getCoderId();
    return out.setCoder(
        RehydratedComponents.forComponents(sent.getComponents())
            .withPipeline(pipeline)
            .getCoder(coder));
  }
}
