package dev.mlctl.release;

import dev.mlctl.error.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a registry keeps its objects. A key is a relative path of segments joined by {@code /},
 * each of letters, digits, {@code . _ -} and not starting with a dot.
 *
 * <p>The one hard promise is {@link #putIfAbsent}: of all callers in all processes on all machines,
 * at most one creates a given key, a reader sees an object whole or not at all, and an object never
 * changes afterwards. Every implementation passes {@code ObjectStoreContract} in the tests.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface ObjectStore {
  /**
   * Creates an object unless one of that key exists.
   *
   * @param key the object's key
   * @param bytes what it shall hold; not kept
   * @return what is known of the outcome; {@link PutResult#UNKNOWN} whenever there is doubt
   * @throws Failure of kind STORAGE when the object was certainly not created and never will be by
   *     this call
   */
  PutResult putIfAbsent(String key, byte[] bytes);

  /**
   * The whole content of an object, or empty when there is none.
   *
   * @param key the object's key
   * @param maxBytes the largest content accepted, checked before memory is taken
   * @throws Failure of kind INVALID when the object is larger or is not a plain object, and of kind
   *     STORAGE when it cannot be read
   */
  Optional<byte[]> get(String key, long maxBytes);

  /**
   * The size of an object in bytes, or empty when there is none.
   *
   * @param key the object's key
   * @throws Failure of kind STORAGE when the store cannot tell
   */
  OptionalLong size(String key);

  /**
   * The names directly under a folder, both objects and folders, sorted; empty when there is no
   * such folder. Names that start with a dot are unfinished writes and are left out. Objects
   * created while the listing runs may be missing from it.
   *
   * @param folder a key prefix without a trailing slash; the empty string is the top
   * @throws Failure of kind STORAGE when the folder cannot be listed
   */
  List<String> list(String folder);

  /**
   * What writers that were killed left behind, by place; empty for a store in which an object is
   * written and named in one step.
   *
   * @throws Failure of kind STORAGE when the store cannot be searched
   */
  default List<Leftover> leftovers() {
    return List.of();
  }

  /**
   * The names of {@link #list} that come after one.
   *
   * @param after a name, which need not exist, or the empty string for all
   */
  default List<String> listAfter(String folder, String after) {
    return list(folder).stream().filter(name -> name.compareTo(after) > 0).toList();
  }

  /**
   * True when a long listing takes many round trips, so that it pays to ask with {@link #size}
   * where to begin it.
   */
  default boolean listsByPage() {
    return false;
  }

  /**
   * What {@link #get} says of each of many objects, in the order of the keys.
   *
   * @param maxBytes the largest content accepted of each
   */
  default List<Optional<byte[]>> getAll(List<String> keys, long maxBytes) {
    return keys.stream().map(key -> get(key, maxBytes)).toList();
  }

  /**
   * Where a person finds an object: a path or an address without credentials.
   *
   * @param key a key, or the empty string for the store itself
   */
  String place(String key);
}
