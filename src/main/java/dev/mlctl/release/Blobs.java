package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.util.Optional;

/** The bundles of a registry, each named by the SHA-256 of its bytes. */
final class Blobs {
  /** The largest bundle, 1 GiB: it must fit into one Java array and into a scoring worker. */
  static final long LARGEST = Bundle.MAX_BYTES;

  static final String FOLDER = "blobs/sha256";

  private final ObjectStore store;
  private final Pause pause;

  Blobs(ObjectStore store, Pause pause) {
    this.store = store;
    this.pause = pause;
  }

  static String key(String digest) {
    return FOLDER + "/" + Digest.hex(digest);
  }

  /**
   * Makes sure that the bundle is in the store. A bundle is not a release: whatever goes wrong
   * here, nothing was committed.
   */
  void put(String digest, byte[] bytes) {
    String key = key(digest);
    NamedByContent.put(store, pause, "bundle", key, bytes, () -> isThere(key, digest, bytes));
  }

  private boolean isThere(String key, String digest, byte[] bytes) {
    Optional<byte[]> stored = store.get(key, LARGEST);
    stored.ifPresent(found -> check(key, digest, bytes.length, found));
    return stored.isPresent();
  }

  /**
   * The bundle of a release, checked against its digest before anyone parses it.
   *
   * @throws Failure of kind INVALID when it is missing or differs
   */
  byte[] read(ReleaseRecord release) {
    return read(release.digest(), release.size(), release.reference());
  }

  /**
   * A bundle, checked against its digest before anyone parses it.
   *
   * @param whose what messages call its owner
   * @throws Failure of kind INVALID when it is missing or differs
   */
  byte[] read(String digest, long size, String whose) {
    String key = key(digest);
    byte[] bytes =
        store
            .get(key, LARGEST)
            .orElseThrow(
                () ->
                    Failure.of(
                            FailureKind.INVALID,
                            "the bundle of %s is missing from the registry",
                            whose)
                        .at(store.place(key)));
    check(key, digest, size, bytes);
    return bytes;
  }

  private void check(String key, String digest, long size, byte[] bytes) {
    if (bytes.length != size || !Digest.of(bytes).equals(digest)) {
      throw Failure.of(
              FailureKind.INVALID, "the stored bundle is damaged: its bytes differ from its digest")
          .at(store.place(key))
          .hint("restore the file from a copy; its name is its SHA-256");
    }
  }
}
