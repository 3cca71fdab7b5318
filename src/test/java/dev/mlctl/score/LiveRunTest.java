package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveRunTest {
  @Test
  void a_run_ends_only_when_its_workers_have_left_it() throws Exception {
    LiveRun run = LiveRun.start("with-a-worker", Progress.NONE, 1);
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean writes = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              run.enter();
              writes.set(true);
              inside.countDown();
              while (!run.isStopped()) {
                Thread.onSpinWait();
              }
              writes.set(false);
              run.leave();
            });
    worker.start();
    inside.await();
    LiveRun.end("with-a-worker");
    assertFalse(writes.get());
    worker.join();
  }

  @Test
  void a_worker_that_comes_after_the_end_is_turned_away() {
    LiveRun.start("ended", Progress.NONE, 1);
    LiveRun.end("ended");
    LiveRun found = LiveRun.of("ended");
    assertTrue(found.isStopped());
    assertEquals(FailureKind.INTERRUPTED, assertThrows(Failure.class, found::enter).kind());
  }

  @Test
  void a_run_of_another_process_lets_everybody_in() {
    LiveRun elsewhere = LiveRun.of("never started here");
    assertTrue(elsewhere.enter().isEmpty());
    elsewhere.leave();
  }
}
