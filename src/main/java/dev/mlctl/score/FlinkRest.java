package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few calls of a Flink cluster's REST API that a run needs (Flink 1.19 documentation, "REST
 * API").
 */
final class FlinkRest {
  private static final Pattern MASTER =
      Pattern.compile("(?:(https?)://)?([^:/\\s]+|\\[[0-9A-Fa-f:]+])(?::([0-9]{1,5}))?/?");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String DEFAULT_PORT = "8081";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  private final String host;
  private final String root;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private FlinkRest(String host, String root) {
    this.host = host;
    this.root = root;
  }

  /**
   * The API of a cluster.
   *
   * @param master {@code HOST:PORT}, as Beam's option has it
   * @throws Failure of kind USAGE when it is not that
   */
  static FlinkRest of(String master) {
    Matcher matcher = MASTER.matcher(master);
    if (!matcher.matches()) {
      throw Failure.of(FailureKind.USAGE, "not a Flink master: %s", master)
          .hint("write --flink-master=HOST:PORT, the address of the JobManager's REST API");
    }
    String scheme = matcher.group(1) == null ? "http" : matcher.group(1);
    String port = matcher.group(3) == null ? DEFAULT_PORT : matcher.group(3);
    String host = matcher.group(2);
    return new FlinkRest(host, scheme + "://" + host + ":" + port);
  }

  String host() {
    return host;
  }

  /** The page of a job in the cluster's dashboard. */
  String page(String job) {
    return root + "/#/job/running/" + job;
  }

  /**
   * How many tasks the cluster can run at once.
   *
   * @throws Failure of kind PIPELINE when it does not answer or has no worker
   */
  int slots() {
    try {
      int slots = ((Number) get("/overview").get("slots-total")).intValue();
      if (slots > 0) {
        return slots;
      }
    } catch (IOException e) {
      throw Failure.of(FailureKind.PIPELINE, "cannot reach Flink: %s", reason(e))
          .at(root)
          .hint("is the JobManager up, and is this the port of its REST API (8081 by default)?")
          .causedBy(e);
    }
    throw Failure.of(FailureKind.PIPELINE, "the Flink cluster has no task slots")
        .at(root)
        .hint("start a TaskManager");
  }

  /** The state of a job, such as RUNNING or FINISHED. */
  String state(String job) throws IOException {
    return String.valueOf(get("/jobs/" + job).get("state"));
  }

  /** The trace of what a job failed with, as text; may be empty. */
  String rootException(String job) throws IOException {
    Object trace = get("/jobs/" + job + "/exceptions").get("root-exception");
    return trace == null ? "" : trace.toString();
  }

  void cancel(String job) throws IOException {
    HttpRequest.Builder patch =
        request("/jobs/" + job + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody());
    int status = send(patch.build()).statusCode();
    if (status != ACCEPTED && status != OK && status != NOT_FOUND) {
      throw new IOException("Flink answers HTTP " + status);
    }
  }

  private Map<String, Object> get(String path) throws IOException {
    HttpResponse<byte[]> answer = send(request(path).GET().build());
    if (answer.statusCode() != OK) {
      throw new IOException("Flink answers HTTP " + answer.statusCode() + " to " + path);
    }
    try {
      return Json.readObject(root + path, answer.body());
    } catch (Failure e) {
      throw new IOException("this is not Flink's REST API", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    }
  }

  static String reason(IOException e) {
    if (e instanceof ConnectException && e.getMessage() == null) {
      return "connection refused";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
