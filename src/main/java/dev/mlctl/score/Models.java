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
  private static final Map<String, Loaded> LOADED = new HashMap<>();

  /** A bundle, and how long it took to read and parse it; 0 when nobody knows. */
  private record Loaded(WeakReference<Bundle> bundle, long nanos) {}

  private Models() {}

  /**
   * Makes a bundle known that is already in memory.
   *
   * @param nanos what it took to get it there; 0 when nobody knows
   */
  static void share(String digest, Bundle bundle, long nanos) {
    synchronized (LOADED) {
      LOADED.values().removeIf(loaded -> loaded.bundle().get() == null);
      LOADED.put(digest, new Loaded(new WeakReference<>(bundle), nanos));
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
      Loaded loaded = LOADED.get(digest);
      Bundle bundle = loaded == null ? null : loaded.bundle().get();
      if (bundle == null) {
        long began = System.nanoTime();
        bundle = read(digest, path);
        long nanos = System.nanoTime() - began;
        LOADED.put(digest, new Loaded(new WeakReference<>(bundle), nanos));
      }
      return bundle;
    }
  }

  /** How long it took to load a bundle; 0 when nobody knows. */
  static long loadNanos(String digest) {
    synchronized (LOADED) {
      Loaded loaded = LOADED.get(digest);
      return loaded == null ? 0 : loaded.nanos();
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
