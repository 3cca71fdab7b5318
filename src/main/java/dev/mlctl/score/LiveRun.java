package dev.mlctl.score;

import dev.mlctl.data.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run of this process, found by its id from workers that share the process with it: how far it
 * is, whether to stop, and the output they can write to together. Thread-safe.
 */
final class LiveRun {
  private static final Map<String, LiveRun> RUNS = new ConcurrentHashMap<>();

  /** Of a run that was started by another process. */
  private static final LiveRun ELSEWHERE = new LiveRun(Progress.NONE, -1);

  private final Progress progress;
  private final long total;
  private final AtomicLong done = new AtomicLong();
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

  /** Forgets a run; workers that still have it stop at their next batch. */
  static void end(String id) {
    LiveRun run = RUNS.remove(id);
    if (run != null) {
      run.stopped = true;
    }
  }

  void share(OrderedOutput ordered) {
    output = ordered;
  }

  /** The output that workers of this process write to together, if the run has one. */
  Optional<OrderedOutput> output() {
    return Optional.ofNullable(output);
  }

  void advance(long bytes) {
    progress.at("scoring", done.addAndGet(bytes), total);
  }

  boolean isStopped() {
    return stopped;
  }
}
