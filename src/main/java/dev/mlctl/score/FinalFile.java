package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives a finished, synced file its final name in one step. */
final class FinalFile {
  private FinalFile() {}

  /** A hidden name in the target's folder, which is made if it is not there. */
  static Path beside(Path target, String id) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    return target.resolveSibling("." + target.getFileName() + ".mlctl-" + id);
  }

  /**
   * Publishes a file of the same file system. Without {@code overwrite} the name is taken by a hard
   * link, which fails when it exists; a rename would replace it in silence.
   *
   * @throws Failure of kind CONFLICT when the target exists and is not to be replaced
   */
  static void publish(Path finished, Path target, boolean overwrite) throws IOException {
    try {
      if (overwrite) {
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        link(finished, target);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(target).causedBy(e);
    }
    syncFolder(target.toAbsolutePath().getParent());
  }

  static Failure exists(Path target) {
    return Failure.of(FailureKind.CONFLICT, "the output exists already; nothing was published")
        .at(target.toString())
        .hint("name another file, or replace it with --overwrite");
  }

  private static void link(Path finished, Path target) throws IOException {
    try {
      Files.createLink(target, finished);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // A file system without hard links: the check and the rename are then two steps.
      Files.move(finished, target);
    }
  }

  /** Makes the new name durable; not every system can open a folder to do so. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // The name is visible and the bytes are synced: nothing is left to undo or to repair.
      return;
    }
  }
}
