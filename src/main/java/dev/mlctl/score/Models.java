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
   * The bundle with a digest, read if it is not here yet.
   *
   * @param path where its bytes are
   * @throws Failure of kind INVALID when the file's bytes have another digest
   */
  static Bundle get(String digest, String path) throws IOException {
    synchronized (LOADED) {
      WeakReference<Bundle> reference = LOADED.get(digest);
      Bundle bundle = reference == null ? null : reference.get();
      if (bundle == null) {
        bundle = read(digest, path);
        LOADED.put(digest, new WeakReference<>(bundle));
      }
      return bundle;
    }
  }

  private static Bundle read(String digest, String path) throws IOException {
    byte[] bytes;
    try (InputStream in = new ChannelStream(Storage.of(path).read(path), 0)) {
      bytes = in.readAllBytes();
    }
    if (!Bundle.digest(bytes).equals(digest)) {
      throw Failure.of(FailureKind.INVALID, "the bundle changed on its way to the worker").at(path);
    }
    return Bundle.parse(bytes);
  }
}
