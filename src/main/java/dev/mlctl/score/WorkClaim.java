package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A run's hold on its work directory. The directory's name follows from what the run would write,
 * so a run that was killed is found again by the next one like it, which goes on where it ended;
 * and what other killed runs have left beside the same output is removed.
 *
 * <p>The hold is a lock on a file, which the system lets go of however the process ends. Elsewhere
 * than on local disks there is no lock: two equal runs would write equal files.
 */
final class WorkClaim implements Closeable {
  /** The name of the file that is locked. */
  static final String LOCK = "lock";

  private final WorkDirectory directory;
  private final FileChannel lock;

  private WorkClaim(WorkDirectory directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** The work directory of a run with an output. */
  static WorkDirectory directoryOf(String target, String fingerprint) {
    Storage storage = Storage.of(target);
    return WorkDirectory.at(storage.sibling(target, prefix(storage, target) + fingerprint));
  }

  private static String prefix(Storage storage, String target) {
    return "." + storage.name(target) + ".mlctl-";
  }

  /** A new directory, of a run that nothing can be left of. */
  static WorkClaim inside(Path temporary, String id) throws IOException {
    Path path = Files.createDirectory(temporary.resolve("mlctl-" + id));
    return new WorkClaim(WorkDirectory.at(path.toString()), null);
  }

  /**
   * Takes a work directory, which is made if it is not there.
   *
   * @throws Failure of kind CONFLICT when another process holds it
   */
  static WorkClaim of(WorkDirectory directory, String target) throws IOException {
    if (!(directory.storage() instanceof LocalStorage)) {
      return new WorkClaim(directory, null);
    }
    while (true) {
      directory.storage().makeDirectory(directory.path());
      Path file = Path.of(directory.file(LOCK));
      try {
        FileChannel lock = lock(file);
        if (lock == null) {
          throw Failure.of(FailureKind.CONFLICT, "another run is writing this output just now")
              .at(target)
              .hint("wait for it, or stop it: what it has done is not lost");
        } else if (Files.exists(file)) {
          return new WorkClaim(directory, lock);
        }
        lock.close(); // the run before removed it between our opening and our locking it
      } catch (NoSuchFileException e) {
        // The same, a moment earlier: try again.
      }
    }
  }

  /** A locked channel, or null when somebody else has the lock. */
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // A run of this process has it.
    }
    channel.close();
    return null;
  }

  WorkDirectory directory() {
    return directory;
  }

  /** Removes what killed runs other than this one have left beside an output. */
  void sweep(String target) throws IOException {
    if (lock == null) {
      return;
    }
    Storage storage = directory.storage();
    String parent = storage.parent(target);
    for (String name : storage.list(parent)) {
      Path other = Path.of(storage.resolve(parent, name));
      boolean left =
          name.startsWith(prefix(storage, target))
              && !storage.name(directory.path()).equals(name)
              && Files.isDirectory(other);
      if (left) {
        sweep(other);
      }
    }
  }

  private void sweep(Path other) throws IOException {
    try (FileChannel theirs = lock(other.resolve(LOCK))) {
      if (theirs != null) {
        directory.storage().delete(other.toString());
      }
    } catch (NoSuchFileException e) {
      return; // its own run was quicker
    }
  }

  /** Removes the directory, then lets it go. */
  void delete() throws IOException {
    directory.clear();
    directory.storage().delete(directory.path());
    close();
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }
}
