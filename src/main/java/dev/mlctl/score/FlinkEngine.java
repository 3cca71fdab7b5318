package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;

/**
 * Apache Flink: a small cluster inside this process, or a standing one.
 *
 * <p>A job on a standing cluster is submitted detached, under an id that is chosen here, so that it
 * can be watched and cancelled through the cluster's REST API from the first moment on. (Beam's own
 * handle of a detached job says it is running even after it was cancelled.)
 */
final class FlinkEngine implements Engine {
  private static final Set<String> INSIDE = Set.of("[local]", "[auto]", "[collection]");
  private static final String CONFIGURATION = "flink-conf.yaml";

  /** Flink's {@code PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID}. */
  private static final String FIXED_ID = "$internal.pipeline.job-id";

  private final Execution execution;
  private final ScoreHost host;
  private final String run;
  private final FlinkRest rest;
  private final String job = UUID.randomUUID().toString().replace("-", "");
  private int slots;

  private FlinkEngine(Execution execution, ScoreHost host, String run, FlinkRest rest) {
    this.execution = execution;
    this.host = host;
    this.run = run;
    this.rest = rest;
  }

  static FlinkEngine of(Execution execution, ScoreHost host, String run) {
    String master = execution.option("flinkMaster").orElse("[local]");
    return new FlinkEngine(execution, host, run, isCluster(master) ? FlinkRest.of(master) : null);
  }

  /** Whether a master is a standing cluster, and not one inside this process. */
  static boolean isCluster(String master) {
    return !INSIDE.contains(master);
  }

  @Override
  public void check() {
    if (rest != null) {
      slots = rest.slots();
    }
  }

  @Override
  public List<String> defaults() {
    if (rest == null) {
      return List.of("--flinkMaster=[local]", "--parallelism=" + host.parallelism());
    }
    return List.of(
        "--parallelism=" + slots,
        "--jobName=mlctl-" + run,
        "--filesToStage=" + String.join(",", RunnerJars.shipped(Runner.FLINK)));
  }

  @Override
  public List<String> fixed() {
    return rest == null
        ? List.of()
        : List.of("--attachedMode=false", "--flinkConfDir=" + configuration());
  }

  /** A directory with the user's configuration of Flink's client, and the job's id in it. */
  private Path configuration() {
    try {
      Path directory = Files.createTempDirectory(host.temporary(), "mlctl-flink-");
      directory.toFile().deleteOnExit();
      StringBuilder text = new StringBuilder();
      if (execution.option("flinkConfDir").isPresent()) {
        Path given = Path.of(execution.option("flinkConfDir").get(), CONFIGURATION);
        text.append(Files.readString(given)).append('\n');
      }
      text.append(FIXED_ID).append(": ").append(job).append('\n');
      Path file = Files.writeString(directory.resolve(CONFIGURATION), text);
      file.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw Failure.of(FailureKind.USAGE, "cannot read flinkConfDir's %s: %s", CONFIGURATION, e)
          .causedBy(e);
    }
  }

  @Override
  public boolean isRemote() {
    return rest != null && !Loopback.is(rest.host());
  }

  @Override
  public boolean workersElsewhere() {
    return rest != null;
  }

  @Override
  public boolean outlivesUs() {
    return rest != null;
  }

  @Override
  public EngineJob submit(Pipeline pipeline) {
    if (rest == null) {
      return LocalJob.start(pipeline);
    }
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      throw PipelineFailure.of(e);
    }
    return new FlinkJob(rest, job);
  }
}
