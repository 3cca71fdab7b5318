package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** I/O exceptions as failures that name the file and the reason. */
final class IoFailure {
  private IoFailure() {}

  /** An input file could not be read. */
  static Failure reading(String path, IOException e) {
    return Failure.of(kind(e), "cannot read the input: %s", reason(e))
        .at(path)
        .hint(hint(e))
        .causedBy(e);
  }

  private static FailureKind kind(IOException e) {
    if (e instanceof NoSuchFileException) {
      return FailureKind.NOT_FOUND;
    }
    boolean outage = e instanceof StoreException store && store.isOutage();
    return outage ? FailureKind.STORAGE : FailureKind.INPUT;
  }

  /**
   * An output, or a file of the work directory beside it, could not be written. Their directories
   * were made before, so what is not there was removed.
   */
  static Failure writing(String path, IOException e) {
    String reason =
        e instanceof NoSuchFileException ? "its directory was removed meanwhile" : reason(e);
    return Failure.of(
            FailureKind.STORAGE, "cannot write the output: %s; nothing was published", reason)
        .at(path)
        .hint(hint(e))
        .causedBy(e);
  }

  private static String hint(IOException e) {
    return e instanceof StoreException store ? store.hint() : "";
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    } else if (e instanceof EOFException) {
      return "the file is cut off";
    } else if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Whether something failed because the thread it ran in is being stopped. */
  static boolean isStop(Throwable thrown) {
    boolean stop = Thread.currentThread().isInterrupted();
    for (Throwable cause = thrown; cause != null && !stop; cause = cause.getCause()) {
      stop =
          cause instanceof InterruptedException
              || cause instanceof InterruptedIOException
              || cause instanceof ClosedByInterruptException;
    }
    return stop;
  }
}
