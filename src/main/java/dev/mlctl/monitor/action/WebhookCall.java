package dev.mlctl.monitor.action;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.Action;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/**
 * One event sent to one receiver, in CloudEvents' structured mode (HTTP protocol binding 1.0,
 * section 3.2). What a receiver answers is not repeated, nor is anything of its own: both may hold
 * secrets. With a secret the body's HMAC is sent as GitHub's webhooks send it, because most
 * receivers can check that.
 */
final class WebhookCall {
  private static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";
  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int TOO_MANY = 429;

  private final Action.Webhook action;
  private final byte[] body;
  private final long end;

  WebhookCall(Action.Webhook action, Event event) {
    this.action = action;
    this.body = event.toBytes();
    this.end = System.nanoTime() + action.timeout().toNanos();
  }

  /** How one attempt ended: with a status, or 0 and why there is none. */
  private record Answer(int status, String why, boolean again) {}

  /** Sends it, a second time if the first might have met a receiver that was just busy. */
  Done send() {
    try {
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      Answer answer = attempt(client);
      if (answer.again() && left() > 2 * PAUSE.toNanos()) {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        answer = attempt(client);
      }
      return done(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "interrupted").causedBy(e);
    }
  }

  private Answer attempt(HttpClient client) throws InterruptedException {
    AtomicInteger status = new AtomicInteger();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request(),
            head -> {
              status.set(head.statusCode());
              return new LimitedBody();
            });
    try {
      return of(answer.get(left(), TimeUnit.NANOSECONDS).statusCode());
    } catch (TimeoutException e) {
      return status.get() > 0 ? of(status.get()) : tooLate();
    } catch (ExecutionException e) {
      return of(e.getCause());
    } finally {
      answer.cancel(true); // closes the connection when the answer is still coming
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(action.url())
            .timeout(Duration.ofNanos(left()))
            .header("Content-Type", CONTENT_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    action.headers().forEach(request::header);
    action.secret().ifPresent(secret -> request.header(SIGNATURE, signature(secret, body)));
    return request.build();
  }

  /** RFC 2104 over the body as it is sent. */
  static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "raw"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private long left() {
    return Math.max(1, end - System.nanoTime());
  }

  private static Answer of(int status) {
    return new Answer(status, "", status >= 500 || status == TOO_MANY);
  }

  private Answer tooLate() {
    String limit = action.timeout().toString().substring(2).toLowerCase(Locale.ROOT);
    return new Answer(0, "no answer within " + limit, false);
  }

  private Answer of(Throwable thrown) {
    if (thrown instanceof HttpTimeoutException) {
      return tooLate();
    } else if (thrown instanceof SSLException) {
      return new Answer(0, "its certificate is not trusted, or TLS failed otherwise", false);
    } else if (thrown instanceof ConnectException) {
      return new Answer(0, "cannot connect", true);
    } else if (thrown instanceof IOException) {
      return new Answer(0, "the connection broke", true);
    }
    throw new IllegalStateException(thrown);
  }

  private Done done(Answer answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return Done.done("%s answered %d".formatted(action.shown(), status));
    } else if (status == 0) {
      return Done.failed(action.shown() + ": " + answer.why());
    }
    boolean redirect = status >= 300 && status < 400;
    return Done.failed(
        "%s answered %d%s"
            .formatted(action.shown(), status, redirect ? ", and no redirect is followed" : ""));
  }
}
