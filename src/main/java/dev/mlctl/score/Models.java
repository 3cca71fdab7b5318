package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The bundles of this process, one copy of each for all workers in it. A bundle stays while some
 * worker holds it.
 */
final class Models {
  private static final Map<String, WeakReference<Bundle>> LOADED = new HashMap<>();

  private Models() {}

  /** Makes a bundle known that is already in memory. */
  static void share(String digest, Bundle bundle) {
    synchronized (LOADED) {
      LOADED.values().removeIf(reference -> reference.get() == null);
      LOADED.put(digest, new WeakReference<>(bundle));
    }
  }

  /**
   * The bundle with a digest, read from the work directory if it is not here yet.
   *
   * @throws Failure of kind INVALID when the file's bytes have another digest
   */
  static Bundle get(String digest, WorkDirectory work) throws IOException {
    synchronized (LOADED) {
      WeakReference<Bundle> reference = LOADED.get(digest);
      Bundle bundle = reference == null ? null : reference.get();
      if (bundle == null) {
        bundle = read(digest, work);
        LOADED.put(digest, new WeakReference<>(bundle));
      }
      return bundle;
    }
  }

  private static Bundle read(String digest, WorkDirectory work) throws IOException {
    byte[] bytes;
    try (InputStream in = work.open(WorkDirectory.BUNDLE)) {
      bytes = in.readAllBytes();
    }
    if (!Bundle.digest(bytes).equals(digest)) {
      throw Failure.of(FailureKind.INVALID, "the bundle changed on its way to the worker")
          .at(work.path());
    }
    return Bundle.parse(bytes);
  }
}
