package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets several writers run in turns: one at a time, and whose turn it is next is drawn from a seed
 * whenever the one at work calls the store. So the same seed gives the same order of events, on any
 * machine and under any load.
 */
final class Turns {
  private static final long SECONDS = 120;

  private final Random random;
  private final double haste;
  private final List<Semaphore> alive = new ArrayList<>();
  private final Semaphore allDone = new Semaphore(0);
  private final List<Throwable> thrown = new ArrayList<>();
  private Semaphore atWork;

  /**
   * Turns that nobody has taken yet.
   *
   * @param haste how likely a call of the store is to end a turn
   */
  Turns(Random random, double haste) {
    this.random = random;
    this.haste = haste;
  }

  /** Runs all of them to their end. */
  void run(List<Runnable> writers) throws InterruptedException {
    for (Runnable writer : writers) {
      Semaphore own = new Semaphore(0);
      alive.add(own);
      Thread thread = new Thread(() -> takeTurns(own, writer), "writer-" + alive.size());
      thread.setDaemon(true);
      thread.start();
    }
    handOver();
    assertTrue(allDone.tryAcquire(SECONDS, TimeUnit.SECONDS), "a writer hangs");
    assertEquals(List.of(), thrown, "thrown by a writer");
  }

  private void takeTurns(Semaphore own, Runnable writer) {
    own.acquireUninterruptibly();
    try {
      writer.run();
    } catch (Throwable e) {
      thrown.add(e);
    } finally {
      alive.remove(own);
      if (alive.isEmpty()) {
        allDone.release();
      } else {
        handOver();
      }
    }
  }

  private void handOver() {
    atWork = alive.get(random.nextInt(alive.size()));
    atWork.release();
  }

  /** Called by the writer at work: perhaps others go on first. */
  void next() {
    if (random.nextDouble() < haste) {
      Semaphore own = atWork;
      handOver();
      own.acquireUninterruptibly();
    }
  }
}
