package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bundles outside any registry. */
final class BundleFiles {
  private BundleFiles() {}

  /**
   * The bytes of a bundle file.
   *
   * @throws Failure NOT_FOUND when there is none, INVALID when it is too large, INPUT when it
   *     cannot be read
   */
  static byte[] read(Path path) {
    try {
      long size = Files.size(path);
      if (size > Blobs.LARGEST) {
        throw Failure.of(FailureKind.INVALID, "the bundle is larger than 1 GiB")
            .at(path.toString());
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw Failure.of(FailureKind.NOT_FOUND, "no such bundle").at(path.toString()).causedBy(e);
    } catch (IOException e) {
      throw Failure.of(FailureKind.INPUT, "cannot read the bundle: %s", LocalStore.reason(e))
          .at(path.toString())
          .causedBy(e);
    }
  }
}
