package dev.mlctl.score;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run of this process, found by its id from workers that share the process with it: how far it
 * is, whether to stop, and the output they can write to together. A run that has ended stays known
 * as such, since a runner may come to its last elements after that. Thread-safe.
 */
final class LiveRun {
  private static final Map<String, LiveRun> RUNS = new ConcurrentHashMap<>();

  /** Of a run that was started by another process. */
  private static final LiveRun ELSEWHERE = new LiveRun(Progress.NONE, -1);

  /** Workers stop at their next batch; only one that waits for its input may take longer. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Progress progress;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private int workers;
  private volatile boolean stopped;
  private volatile OrderedOutput output;

  private LiveRun(Progress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  static LiveRun start(String id, Progress progress, long totalBytes) {
    LiveRun run = new LiveRun(progress, totalBytes);
    RUNS.put(id, run);
    return run;
  }

  static LiveRun of(String id) {
    return RUNS.getOrDefault(id, ELSEWHERE);
  }

  /** Stops a run, and comes back when its workers have left it: nothing is written after that. */
  static void end(String id) {
    LiveRun run = RUNS.get(id);
    if (run != null) {
      run.stop();
    }
  }

  private synchronized void stop() {
    stopped = true;
    output = null;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (long left = PATIENCE_NANOS; workers > 0 && left > 0; left = deadline - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Lets a worker in, which must {@link #leave} again.
   *
   * @return the output to write to, which stays the worker's until it leaves
   * @throws Failure of kind INTERRUPTED when the run has ended
   */
  synchronized Optional<OrderedOutput> enter() {
    if (stopped) {
      throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
    }
    workers++;
    return Optional.ofNullable(output);
  }

  synchronized void leave() {
    workers--;
    notifyAll();
  }

  void share(OrderedOutput ordered) {
    output = ordered;
  }

  void advance(long bytes) {
    progress.at("scoring", done.addAndGet(bytes), total);
  }

  boolean isStopped() {
    return stopped;
  }
}
