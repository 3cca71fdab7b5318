package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every object store must do, whatever may be lost on the way to it. */
abstract class ObjectStoreContract {
  private static final long MANY = 1 << 20;

  /** A new, empty store. */
  abstract ObjectStore store() throws Exception;

  @Test
  void an_object_that_was_created_is_read_back_and_never_replaced() throws Exception {
    ObjectStore store = store();
    for (int i = 0; i < 50; i++) {
      String key = "folder/object-" + i;
      assertTrue(putSurely(store, key, bytes("first " + i)));
      boolean again = putSurely(store, key, bytes("second " + i));
      assertTrue(!again, "two writers were told that they created " + key);
      assertArrayEquals(bytes("first " + i), getSurely(store, key));
    }
  }

  @Test
  void of_many_writers_at_once_at_most_one_creates_the_object() throws Exception {
    ObjectStore store = store();
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "race/" + round;
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          byte[] mine = bytes("writer " + writer);
          outcomes.add(writers.submit((Callable<Boolean>) () -> putSurely(store, key, mine)));
        }
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          if (outcomes.get(writer).get()) {
            winners.add(writer);
          }
        }
        assertEquals(1, winners.size(), "winners of " + key);
        assertArrayEquals(bytes("writer " + winners.get(0)), getSurely(store, key));
      }
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void what_is_not_there_is_empty_and_not_a_failure() throws Exception {
    ObjectStore store = store();
    assertTrue(patiently(() -> store.get("no/such", MANY)).isEmpty());
    assertTrue(patiently(() -> store.size("no/such")).isEmpty());
    assertEquals(List.of(), patiently(() -> store.list("no")));
  }

  @Test
  void a_folder_lists_the_names_directly_under_it_in_order() throws Exception {
    ObjectStore store = store();
    for (String key : List.of("m/b/log/2", "m/a/log/1", "m/b/runs/9", "m/b/log/10", "z")) {
      putSurely(store, key, bytes(key));
    }
    assertEquals(List.of("m", "z"), patiently(() -> store.list("")));
    assertEquals(List.of("a", "b"), patiently(() -> store.list("m")));
    assertEquals(List.of("log", "runs"), patiently(() -> store.list("m/b")));
    assertEquals(List.of("10", "2"), patiently(() -> store.list("m/b/log")));
    assertEquals(List.of("2"), patiently(() -> store.listAfter("m/b/log", "10")));
    assertEquals(List.of("b"), patiently(() -> store.listAfter("m", "a")));
  }

  @Test
  void many_objects_are_read_in_the_order_of_their_keys() throws Exception {
    ObjectStore store = store();
    List<String> keys = IntStream.range(0, 40).mapToObj(i -> "many/" + i * 7 % 40).toList();
    for (String key : keys) {
      if (!key.endsWith("3")) {
        putSurely(store, key, bytes(key));
      }
    }
    List<Optional<byte[]>> contents = patiently(() -> store.getAll(keys, MANY));
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(!keys.get(i).endsWith("3"), contents.get(i).isPresent(), keys.get(i));
      assertArrayEquals(
          keys.get(i).endsWith("3") ? null : bytes(keys.get(i)), contents.get(i).orElse(null));
    }
  }

  @Test
  void sizes_are_those_of_the_bytes() throws Exception {
    ObjectStore store = store();
    putSurely(store, "empty", new byte[0]);
    putSurely(store, "large", new byte[3 << 20]);
    assertEquals(0, patiently(() -> store.size("empty")).orElseThrow());
    assertEquals(3 << 20, patiently(() -> store.size("large")).orElseThrow());
    assertEquals(3 << 20, patiently(() -> store.get("large", 4 << 20)).orElseThrow().length);
  }

  /** True when our bytes are in the store, false when another's are. */
  private static boolean putSurely(ObjectStore store, String key, byte[] bytes) throws Exception {
    while (true) {
      PutResult result = patiently(() -> store.putIfAbsent(key, bytes));
      if (result == PutResult.CREATED) {
        return true;
      }
      var there = patiently(() -> store.get(key, MANY * 10));
      if (result == PutResult.EXISTS) {
        assertTrue(there.isPresent(), key + " exists and cannot be read");
      }
      if (there.isPresent()) {
        return Arrays.equals(there.get(), bytes);
      }
    }
  }

  private static byte[] getSurely(ObjectStore store, String key) throws Exception {
    return patiently(() -> store.get(key, MANY)).orElseThrow();
  }

  /** Asks again until the store answers. */
  private static <T> T patiently(Callable<T> call) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return call.call();
      } catch (Failure e) {
        assertEquals(FailureKind.STORAGE, e.kind());
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
