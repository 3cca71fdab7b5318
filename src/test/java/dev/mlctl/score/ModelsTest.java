package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final int WORKERS = 8;

  @TempDir Path folder;

  @Test
  void a_model_is_read_once_however_many_workers_ask_for_it() throws Exception {
    byte[] bytes = Bundles.linear(17).toBytes();
    String digest = Bundle.digest(bytes);
    WorkDirectory work = WorkDirectory.at(folder.toString());
    work.putBundle(bytes);
    Callable<Bundle> worker = () -> Models.get(digest, work.file(WorkDirectory.BUNDLE));
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    Bundle first = null;
    try {
      for (Future<Bundle> got : workers.invokeAll(Collections.nCopies(WORKERS, worker))) {
        first = first == null ? got.get() : first;
        assertSame(first, got.get());
      }
    } finally {
      workers.shutdown();
    }
    assertTrue(Models.loadNanos(digest) > 0);
    work.delete(WorkDirectory.BUNDLE);
    assertSame(
        first,
        Models.get(digest, work.file(WorkDirectory.BUNDLE)),
        "there is no file to read it from");
  }

  @Test
  void the_workers_of_a_run_in_this_process_use_the_model_it_came_with() throws Exception {
    Bundle bundle = Bundles.linear(18);
    ScoreRig rig = new ScoreRig(folder, bundle);
    String names = String.join(",", bundle.signature().featureNames());
    rig.csv(names + "\n" + "1,".repeat(17) + "1\n");
    String gone = folder.resolve("gone").toString();
    assertSame(bundle, Models.get(Bundle.digest(bundle.toBytes()), gone));
    assertEquals(ScoreRig.LOAD.toNanos(), Models.loadNanos(Bundle.digest(bundle.toBytes())));
  }

  @Test
  void bytes_that_are_not_those_of_the_digest_are_refused() throws Exception {
    WorkDirectory work = WorkDirectory.at(folder.toString());
    work.putBundle(Bundles.linear(2).toBytes());
    String other = Bundle.digest(new byte[0]);
    Failure failure =
        assertThrows(Failure.class, () -> Models.get(other, work.file(WorkDirectory.BUNDLE)));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals("the bundle changed on its way to the worker", failure.getMessage());
  }
}
