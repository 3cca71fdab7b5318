package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/**
 * Finds out whether a store keeps the one promise everything rests on, before anything is committed
 * to it: some servers that speak S3's or Cloud Storage's protocol ignore preconditions, and there
 * two writers would each be told that they made release 7.
 *
 * <p>The same small object is created until the store says that it exists. One that keeps its
 * promise says so to the first request, or to the second in a registry that is new. One that does
 * not says "created" each time, having replaced the object by equal bytes, which does no harm: the
 * name starts with a dot, so nothing else ever looks at it.
 */
final class StoreProbe {
  private static final String KEY = ".mlctl-probe";
  private static final byte[] BYTES =
      "mlctl creates this object again and again, and the storage must refuse that.\n"
          .getBytes(StandardCharsets.UTF_8);
  private static final int ATTEMPTS = 12;

  private final BiFunction<String, byte[], PutResult> store;
  private final Pause pause;

  /**
   * A probe.
   *
   * @param store the store's put-if-absent
   */
  StoreProbe(BiFunction<String, byte[], PutResult> store, Pause pause) {
    this.store = store;
    this.pause = pause;
  }

  /**
   * Probes the store.
   *
   * @param place where it is, for messages
   * @throws Failure of kind STORAGE unless the store has shown that it refuses to create an object
   *     twice
   */
  void check(String place) {
    boolean created = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      pause.before(created ? 0 : attempt);
      switch (store.apply(KEY, BYTES)) {
        case EXISTS -> {
          return;
        }
        case CREATED -> {
          if (created) {
            throw ignores(place);
          }
          created = true;
        }
        case UNKNOWN -> {}
      }
    }
    throw Failure.of(
            FailureKind.STORAGE,
            "cannot tell whether the storage refuses to replace an object: it gave no clear answer"
                + " in %d attempts; nothing was committed",
            ATTEMPTS)
        .at(place);
  }

  private static Failure ignores(String place) {
    return Failure.of(
            FailureKind.STORAGE,
            "cannot keep a registry here: the storage replaces an object that it was told to create"
                + " only if there is none, so releases could be lost; nothing was committed")
        .at(place)
        .hint("use a store or a server version that honours If-None-Match or generation matches");
  }
}
