package dev.mlctl.score;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One call of a store's client: with the client's own classes in sight, within a time, and failing
 * readably.
 *
 * <p>The clients retry on their own, and some of them for the better part of an hour, which no
 * option of theirs changes. But they all sleep between attempts and wait in ways that end when
 * their thread is interrupted, so a call that takes too long is interrupted, every second until it
 * gives up: some swallow the first ones.
 */
final class StoreCall {
  private static final Duration NUDGE = Duration.ofSeconds(1);
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final Thread caller = Thread.currentThread();
  private boolean expired;
  private boolean done;

  private StoreCall() {}

  /**
   * Calls in the current thread.
   *
   * @param path what the call is about, for messages
   * @param limit how long it may take
   * @throws IOException a {@link StoreException} or a {@link java.nio.file.NoSuchFileException}
   */
  static <T> T run(RemotePath path, Duration limit, Callable<T> call) throws IOException {
    return new StoreCall().watched(path, limit, call);
  }

  private <T> T watched(RemotePath path, Duration limit, Callable<T> call) throws IOException {
    ClassLoader before = caller.getContextClassLoader();
    caller.setContextClassLoader(RemoteFileSystems.classLoader(before));
    ScheduledFuture<?> watch =
        WATCH.scheduleAtFixedRate(
            this::interrupt, limit.toMillis(), NUDGE.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return call.call();
    } catch (Exception e) {
      throw isExpired()
          ? (IOException) StoreErrors.noAnswer(path, limit.toSeconds()).initCause(e)
          : StoreErrors.readable(path, e);
    } finally {
      watch.cancel(false);
      finish();
      caller.setContextClassLoader(before);
    }
  }

  private synchronized void interrupt() {
    if (!done) {
      expired = true;
      caller.interrupt();
    }
  }

  private synchronized boolean isExpired() {
    return expired;
  }

  /** After this no interrupt of ours comes any more, and none is left over. */
  private synchronized void finish() {
    done = true;
    if (expired) {
      Thread.interrupted();
    }
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "store-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }
}
