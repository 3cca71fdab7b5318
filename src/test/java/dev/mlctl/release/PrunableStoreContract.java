package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do that can be pruned, besides what every store must do. */
abstract class PrunableStoreContract extends ObjectStoreContract {
  /** A new, empty store. */
  @Override
  abstract PrunableStore store() throws Exception;

  @Test
  void what_is_deleted_is_gone_and_may_be_created_anew() throws Exception {
    PrunableStore store = store();
    store.putIfAbsent("blobs/a", new byte[] {1});
    store.delete("blobs/a");
    assertTrue(store.get("blobs/a", 10).isEmpty());
    assertTrue(store.size("blobs/a").isEmpty());
    assertEquals(List.of(), store.list("blobs"));
    assertEquals(PutResult.CREATED, store.putIfAbsent("blobs/a", new byte[] {2}));
    assertArrayEquals(new byte[] {2}, store.get("blobs/a", 10).orElseThrow());
  }

  @Test
  void deleting_what_is_not_there_is_harmless() throws Exception {
    PrunableStore store = store();
    store.delete("blobs/a");
    store.putIfAbsent("blobs/b", new byte[] {1});
    store.delete("blobs/a");
    assertEquals(List.of("b"), store.list("blobs"));
  }

  @Test
  void nothing_beside_it_is_deleted() throws Exception {
    PrunableStore store = store();
    List<String> keys = List.of("blobs/a", "blobs/a.b", "blobs/ab", "blobs/b", "logs/a");
    keys.forEach(key -> store.putIfAbsent(key, new byte[] {1}));
    store.delete("blobs/a");
    keys.stream()
        .skip(1)
        .forEach(key -> assertEquals(1, store.size(key).orElseThrow(), "size of " + key));
  }

  @Test
  void what_was_written_whole_is_no_leftover() throws Exception {
    PrunableStore store = store();
    store.putIfAbsent("blobs/a", new byte[] {1});
    assertEquals(List.of(), store.leftovers());
  }
}
