package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.function.BooleanSupplier;

/**
 * Puts what a release needs before the record of the release: objects whose key names their
 * content, so that one that is there already is as good as ours. Whatever goes wrong here, nothing
 * was committed.
 */
final class NamedByContent {
  private static final int ATTEMPTS = 6;

  private NamedByContent() {}

  /**
   * Makes sure that an object is in the store.
   *
   * @param what it is, for messages
   * @param isThere tells when the store did not say that it made the object
   * @throws Failure of kind STORAGE when the store never confirmed it
   */
  static void put(
      ObjectStore store,
      Pause pause,
      String what,
      String key,
      byte[] bytes,
      BooleanSupplier isThere) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      pause.beforeCommit(attempt);
      if (store.putIfAbsent(key, bytes) == PutResult.CREATED || isThere.getAsBoolean()) {
        return;
      }
    }
    throw Failure.of(
            FailureKind.STORAGE,
            "cannot store the %s: the storage did not confirm it in %d attempts;"
                + " nothing was committed",
            what,
            ATTEMPTS)
        .at(store.place(key));
  }
}
