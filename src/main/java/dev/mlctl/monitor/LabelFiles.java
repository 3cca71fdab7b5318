package dev.mlctl.monitor;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.RowFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** The files of labels that paths and patterns name. */
final class LabelFiles {
  private LabelFiles() {}

  /**
   * The files, each once: in the order given, those of a pattern by their names. A star passes over
   * names that start with a dot, as in a shell.
   *
   * @throws Failure of kind NOT_FOUND when a pattern matches no file, INPUT when its folder cannot
   *     be listed
   */
  static List<RowFile> of(LabelSource source) {
    List<Path> files = new ArrayList<>();
    for (Path path : source.paths()) {
      for (Path file : isPattern(path) ? matching(path) : List.of(path)) {
        if (!files.contains(file)) {
          files.add(file);
        }
      }
    }
    return files.stream().map(file -> RowFile.of(file, "the labels")).toList();
  }

  /** A file whose name looks like a pattern is that file. */
  private static boolean isPattern(Path path) {
    return path.getFileName().toString().matches(".*[*?\\[{].*") && !Files.exists(path);
  }

  private static Set<Path> matching(Path pattern) {
    Path folder = pattern.toAbsolutePath().getParent();
    String glob = pattern.getFileName().toString();
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : entries) {
        Path file = pattern.resolveSibling(entry.getFileName());
        boolean hidden = file.getFileName().toString().startsWith(".") && !glob.startsWith(".");
        if (!hidden && Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    } catch (PatternSyntaxException e) {
      throw Failure.of(FailureKind.USAGE, "not a pattern: %s", e.getDescription())
          .at(pattern.toString())
          .causedBy(e);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw none(pattern).causedBy(e);
    } catch (IOException e) {
      throw Failure.of(FailureKind.INPUT, "cannot list the files of labels")
          .at(pattern.toString())
          .causedBy(e);
    }
    if (found.isEmpty()) {
      throw none(pattern);
    }
    return found;
  }

  private static Failure none(Path pattern) {
    return Failure.of(FailureKind.NOT_FOUND, "cannot read the labels: no file matches")
        .at(pattern.toString());
  }
}
