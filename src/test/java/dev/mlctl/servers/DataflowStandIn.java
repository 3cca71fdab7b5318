package dev.mlctl.servers;

import dev.mlctl.servers.GcsApi.Response;
import java.io.IOException;
import java.util.List;

/**
 * Dataflow on the loopback interface, in this process and in memory, with the Cloud Storage that
 * jobs are staged in: as much of version v1b3 of its REST API
 * (https://cloud.google.com/dataflow/docs/reference/rest) as Beam's runner uses. It takes jobs,
 * checks them as the service does, keeps what was sent, and lets a {@link Play} say what becomes of
 * them; it runs nothing itself. Thread-safe.
 *
 * <p>What Beam 2.70.0 sends for a batch pipeline, which is what this knows: jars, and the pipeline
 * as a Protobuf message ({@code pipeline-HASH.pb}), to the staging location, both under names with
 * their SHA-256 and only if they are not there yet; then the job, whose {@code environment} names
 * them. With the experiment {@code use_runner_v2} that is all of the graph there is. Without it the
 * job has {@code steps} besides, in which each function is percent-encoded, so that the service can
 * choose between its two kinds of workers. In both cases a function is a Java object, serialized
 * and compressed with Snappy, and every option that is set travels in {@code sdkPipelineOptions}.
 */
public final class DataflowStandIn implements AutoCloseable {
  private final GcsStandIn gcs;
  private final DataflowApi api;

  private DataflowStandIn() throws IOException {
    gcs = GcsStandIn.start();
    api = new DataflowApi(gcs);
    gcs.besides(api::answer);
  }

  /** Starts one without buckets and jobs, in which jobs end well at once. */
  public static DataflowStandIn start() throws IOException {
    return new DataflowStandIn();
  }

  /** What becomes of a job. */
  public interface Play {
    /** Plays; a job that is running when this returns is done, and one when this throws failed. */
    void run(SubmittedJob job, Stage stage) throws Exception;
  }

  /** How a play moves its job. */
  public interface Stage {
    /**
     * Moves the job to a state ({@code JOB_STATE_…}) and waits until its owner has asked for it.
     */
    void show(String state) throws InterruptedException;

    /** Says something about the job, of an importance ({@code JOB_MESSAGE_…}). */
    void say(String importance, String text);

    /** Waits until somebody asks for the job to be cancelled; it is cancelled when play ends. */
    void awaitCancel() throws InterruptedException;
  }

  /** Says what becomes of the jobs to come. */
  public void plays(Play play) {
    api.plays(play);
  }

  /**
   * Answers one of the requests to come with an error, once.
   *
   * @param request what the method and the path of it hold, such as {@code POST} or {@code /jobs}
   * @param done whether it is done what was asked for all the same
   */
  public void failOnce(String request, int status, String message, boolean done) {
    api.failOnce(request, Response.error(status, message), done);
  }

  /** The Cloud Storage beside it. */
  public GcsStandIn gcs() {
    return gcs;
  }

  /** What Beam must be told to find it: options of its. */
  public List<String> options() {
    return List.of("--apiRootUrl=" + gcs.root(), "--gcsEndpoint=" + gcs.endpoint());
  }

  /** The jobs it has taken, in order. */
  public List<SubmittedJob> jobs() {
    return api.jobs();
  }

  /** The states in which a job was shown to its owner, without repetitions. */
  public List<String> shown(SubmittedJob job) {
    return api.shown(job);
  }

  /** Whether somebody has asked for a job to be cancelled. */
  public boolean isCancelled(SubmittedJob job) {
    return api.isCancelled(job);
  }

  /** Stops it; whoever waits for an answer gets none. */
  @Override
  public void close() {
    api.close();
    gcs.close();
  }
}
