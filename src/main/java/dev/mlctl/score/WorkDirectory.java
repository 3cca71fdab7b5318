package dev.mlctl.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one run that nobody else may see: the bundle, the parts and what is known of them.
 * It lies beside the output, hence on the same file system, and its name starts with a dot, so that
 * no glob finds it and what a killed run leaves behind is never taken for output.
 */
final class WorkDirectory {
  private static final int DELETE_ATTEMPTS = 5;

  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  static WorkDirectory at(String path) {
    return new WorkDirectory(Path.of(path));
  }

  /** A new one beside an output, whose folder is made if it is not there. */
  static WorkDirectory beside(Path output, String id) throws IOException {
    Path parent = output.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    return new WorkDirectory(
        Files.createDirectory(parent.resolve("." + output.getFileName() + ".mlctl-" + id)));
  }

  /** A new one for a run whose output is no file. */
  static WorkDirectory in(Path temporary, String id) throws IOException {
    return new WorkDirectory(Files.createDirectory(temporary.resolve("mlctl-" + id)));
  }

  Path path() {
    return path;
  }

  Path bundle() {
    return path.resolve("model.mlb");
  }

  /** Where a stream is kept that cannot be read twice. */
  Path spool(int number) {
    return path.resolve("input-" + number);
  }

  Path part(int number) {
    return path.resolve(String.format("part-%05d", number));
  }

  Path rejects(int number) {
    return path.resolve(String.format("rejects-%05d", number));
  }

  /** What is known of a finished part; its presence says that the part is finished. */
  Path result(int number) {
    return path.resolve(String.format("result-%05d.json", number));
  }

  /** What all parts together came to. */
  Path total() {
    return path.resolve("total.json");
  }

  Path output() {
    return path.resolve("output");
  }

  Path deadLetter() {
    return path.resolve("dead-letter");
  }

  /**
   * Deletes it with all that is in it; does nothing when it is gone. Workers of a failed run may
   * still be writing, so it tries a few times and then leaves the rest: it can confuse nobody.
   */
  void delete() {
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(path); attempt++) {
      try {
        for (Path entry : entries()) {
          Files.deleteIfExists(entry);
        }
      } catch (IOException | UncheckedIOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      return walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
