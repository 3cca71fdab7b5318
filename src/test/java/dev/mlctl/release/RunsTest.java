package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunsTest {
  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store);

  @Test
  void runs_are_listed_in_order_of_time_and_read_back() {
    Registries.deploy(releases, "a");
    Runs runs = releases.runs("bikes", "prod");
    Random random = new Random(1);
    String later = Runs.newId(Registries.NOON.plusMillis(1), random);
    String sooner = Runs.newId(Registries.NOON, random);
    runs.put(later, new byte[] {2});
    runs.put(sooner, new byte[] {1});
    assertEquals(List.of(sooner, later), runs.list());
    assertArrayEquals(new byte[] {1}, runs.read(sooner));
    assertEquals("20261101T120000.000Z", sooner.substring(0, 20));
  }

  @Test
  void a_run_is_never_overwritten_and_the_same_again_is_harmless() {
    Registries.deploy(releases, "a");
    Runs runs = releases.runs("bikes", "prod");
    runs.put("run-1", new byte[] {1});
    runs.put("run-1", new byte[] {1});
    Failure failure = assertThrows(Failure.class, () -> runs.put("run-1", new byte[] {2}));
    assertEquals(FailureKind.CONFLICT, failure.kind());
  }

  @Test
  void an_unknown_run_is_not_found_and_a_bad_id_is_refused() {
    Registries.deploy(releases, "a");
    Runs runs = releases.runs("bikes", "prod");
    Failure unknown = assertThrows(Failure.class, () -> runs.read("run-9"));
    assertEquals("no run run-9 of bikes@prod", unknown.getMessage());
    assertEquals(FailureKind.NOT_FOUND, unknown.kind());
    assertThrows(Failure.class, () -> runs.read("../log/1"));
  }

  @Test
  void a_lost_reply_does_not_lose_a_run() {
    Registries.deploy(releases, "a");
    FaultyStore faulty = new FaultyStore(store, 5, 0.3);
    int written = 0;
    for (int i = 0; i < 200; i++) {
      try {
        new Runs(faulty, attempt -> {}, "bikes", "prod").put("run-" + i, new byte[] {(byte) i});
        written++;
        assertArrayEquals(new byte[] {(byte) i}, releases.runs("bikes", "prod").read("run-" + i));
      } catch (Failure e) {
        assertEquals(FailureKind.STORAGE, e.kind());
      }
    }
    assertEquals(true, written > 100, "written " + written);
  }

  @Test
  void an_interruption_does_not_say_that_nothing_was_written() {
    PrunableStore lossy =
        new PassingStore(store) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            return PutResult.UNKNOWN;
          }
        };
    Pause interrupted =
        attempt -> {
          if (attempt > 0) {
            throw Failure.of(FailureKind.INTERRUPTED, "interrupted");
          }
        };
    Runs runs = new Runs(lossy, interrupted, "bikes", "prod");
    Failure failure = assertThrows(Failure.class, () -> runs.put("run-1", new byte[] {1}));
    assertEquals("interrupted", failure.getMessage());
  }
}
