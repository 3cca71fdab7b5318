package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores a sample of the input as a run would, with as many threads, but into memory. A small input
 * is scored whole; of a large one slices from all over it, until a time is over.
 *
 * <p>The process must be one that a run would be in, too: a JVM that compiles otherwise, or that
 * has been at it for a while, has another speed.
 */
final class InputSample {
  /** Short enough to take many slices of many places. */
  private static final long SLICE_BYTES = 1 << 20;

  /** By then the loops over rows are compiled. */
  static final Duration TIME = Duration.ofMillis(2500);

  private static final long MANY_SLICES = 4096;

  /** Steps of this share of all slices come near to each before they come to one twice. */
  private static final double GOLDEN = 0.6180339887498949;

  private final ScoreJob job;
  private final Bundle bundle;
  private final List<WorkUnit> units;
  private final int threads;
  private final long start;
  private final long deadline;
  private final AtomicInteger next = new AtomicInteger();

  private InputSample(ScoreJob job, Bundle bundle, int threads, Duration time) {
    this.job = job;
    this.bundle = bundle;
    this.units = slices(job.files());
    this.threads = threads;
    this.start = System.nanoTime();
    this.deadline = start + time.toNanos();
  }

  /**
   * Takes a sample.
   *
   * @param threads how many parts a run would score at once
   * @param time after which no further slice is begun
   * @throws Failure of kind INPUT when a file cannot be read from its beginning
   */
  static SampleTiming take(ScoreJob job, Bundle bundle, int threads, Duration time) {
    return new InputSample(job, bundle, threads, time).take();
  }

  /** The input in slices, in an order in which the first few lie all over it. */
  private static List<WorkUnit> slices(List<InputFile> files) {
    long bytes = files.stream().mapToLong(InputFile::size).sum();
    List<WorkUnit> cut = InputPlan.of(files, Math.max(SLICE_BYTES, bytes / MANY_SLICES)).units();
    int step = step(cut.size());
    List<WorkUnit> order = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      order.add(cut.get((int) ((long) i * step % cut.size())));
    }
    return order;
  }

  private static int step(int count) {
    int step = Math.max(1, (int) (count * GOLDEN));
    while (greatestDivisor(count, step) > 1) {
      step++;
    }
    return step;
  }

  private static int greatestDivisor(int a, int b) {
    return b == 0 ? a : greatestDivisor(b, a % b);
  }

  private SampleTiming take() {
    ExecutorService workers = Executors.newFixedThreadPool(threads, InputSample::thread);
    try {
      List<Future<Share>> shares = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        shares.add(workers.submit(this::share));
      }
      List<SampleTiming.Slice> all = new ArrayList<>();
      boolean whole = true;
      int scoring = 0;
      for (Future<Share> future : shares) {
        Share share = got(future);
        scoring += share.slices().isEmpty() ? 0 : 1;
        all.addAll(share.slices());
        whole &= share.whole();
      }
      return new SampleTiming(Math.max(1, scoring), all, whole && all.size() == units.size());
    } finally {
      workers.shutdownNow();
    }
  }

  private static Thread thread(Runnable body) {
    Thread thread = new Thread(body, "sample");
    thread.setDaemon(true);
    return thread;
  }

  /** What one thread has scored; whole if it was all of each slice. */
  private record Share(List<SampleTiming.Slice> slices, boolean whole) {}

  private Share share() throws Exception {
    SliceScorer scorer = new SliceScorer(job, bundle, SLICE_BYTES);
    List<SampleTiming.Slice> slices = new ArrayList<>();
    boolean whole = true;
    for (int i = next.getAndIncrement(); wanted(i, whole); i = next.getAndIncrement()) {
      WorkUnit unit = units.get(i % units.size());
      try {
        SliceScorer.Scored scored = scorer.score(unit);
        whole &= scored.whole();
        slices.add(scored.finished(System.nanoTime() - start));
      } catch (Failure e) {
        if (e.kind() != FailureKind.INPUT || scorer.isCertain(unit)) {
          throw e;
        }
        whole = false; // where its first record starts was a guess, which a run corrects
      }
    }
    return new Share(slices, whole);
  }

  /** Another slice: one that is new, or when all that can be had are not the input, one again. */
  private boolean wanted(int index, boolean whole) {
    return index == 0 || (System.nanoTime() < deadline && (index < units.size() || !whole));
  }

  private static Share got(Future<Share> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped").causedBy(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? failure
          : new IllegalStateException("scoring a sample", e.getCause());
    }
  }
}
