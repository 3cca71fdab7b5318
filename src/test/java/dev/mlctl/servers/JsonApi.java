package dev.mlctl.servers;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A server's JSON over HTTP, asked again and again until it says what is waited for. */
final class JsonApi {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long SECONDS = 120;
  private static final long POLL_NANOS = 20_000_000;

  private final URI root;

  JsonApi(String root) {
    this.root = URI.create(root);
  }

  /**
   * The object at a path.
   *
   * @throws IOException when there is no answer, or one that is not 200
   */
  Map<String, Object> get(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).timeout(ANSWER).build();
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(request.uri() + " answered " + response.statusCode());
      }
      return Json.readObject(request.uri().toString(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Waits until the object at a path is as wanted.
   *
   * @param server who must live meanwhile
   * @param wanted what is waited for, for the message if it never comes
   */
  void await(ServerProcess server, String path, String wanted, Predicate<Map<String, Object>> is)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Object last = null;
    while (server.isAlive() && System.nanoTime() < deadline) {
      try {
        Map<String, Object> answer = get(path);
        if (is.test(answer)) {
          return;
        }
        last = answer;
      } catch (IOException e) {
        last = e;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw server.failed("no " + wanted + ", last " + last);
  }
}
