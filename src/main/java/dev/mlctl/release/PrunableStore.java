package dev.mlctl.release;

import dev.mlctl.error.Failure;

/**
 * A store from which {@link Pruning}, and nothing else, may take things away. Apart from {@link
 * ObjectStore} so that no other code can: whoever is handed an object store cannot delete.
 *
 * <p>Every implementation passes {@code PrunableStoreContract} in the tests.
 */
interface PrunableStore extends ObjectStore {
  /**
   * Takes an object away. When this returns the object is gone, also after a power cut, or was not
   * there; the key can be created anew.
   *
   * @throws Failure of kind INVALID when it is not a plain object, and then it is left alone; of
   *     kind STORAGE when the store did not confirm: it may be gone, or go later
   */
  void delete(String key);

  /**
   * Takes away what a killed writer left. A writer that is not dead after all fails, and nothing of
   * it is committed.
   *
   * @param leftover one of {@link #leftovers}
   * @throws Failure of kind STORAGE when it is still there
   */
  void deleteLeftover(Leftover leftover);
}
