package dev.mlctl.monitor.action;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of an answer, of which a little is read, so that a receiver can finish what it says, and
 * nothing kept. The status has told all by then: a body that breaks off changes nothing.
 */
final class LimitedBody implements HttpResponse.BodySubscriber<Void> {
  private static final long MOST = 64 * 1024;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private long left = MOST;

  @Override
  public CompletionStage<Void> getBody() {
    return ended;
  }

  @Override
  public void onSubscribe(Flow.Subscription body) {
    subscription = body;
    body.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      left -= buffer.remaining();
    }
    if (left < 0) {
      subscription.cancel();
      ended.complete(null);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    ended.complete(null);
  }

  @Override
  public void onComplete() {
    ended.complete(null);
  }
}
