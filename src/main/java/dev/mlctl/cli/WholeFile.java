package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A text file that others may be reading: they see the old one or the new one, nothing between. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Puts a text in the place of a file.
   *
   * @throws Failure of kind STORAGE when that cannot be done; the old file is then untouched
   */
  static void write(Path file, String text) {
    // A reader that takes all files of a pattern, such as *.prom, must not take this one.
    String name = ".%s.%d.tmp".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path beside = file.resolveSibling(name);
    try {
      try {
        Files.writeString(
            beside,
            text,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot write %s: %s", file, reason(e)).causedBy(e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    boolean told = e instanceof FileSystemException system && system.getReason() != null;
    return told ? ((FileSystemException) e).getReason() : e.toString();
  }
}
