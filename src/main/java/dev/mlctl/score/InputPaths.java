package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The local files that a path or a glob names. As in a shell, a star passes over names that start
 * with a dot (our own work directories among them) and what a glob finds is sorted by name; {@code
 * **} stands for any number of folders. What a glob finds and cannot be read, such as a directory
 * or a link to nowhere, is never passed over: its rows would be missed.
 */
final class InputPaths {
  private static final String ANY_DEPTH = "**";

  private InputPaths() {}

  /**
   * The files, sorted by path.
   *
   * @throws Failure of kind NOT_FOUND when a path does not exist or a glob finds nothing, INPUT
   *     when what is found is a directory or cannot be listed
   */
  static List<Path> expand(String pattern) {
    Path path = path(pattern);
    if (Files.isDirectory(path)) {
      throw isDirectory(pattern, path);
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    if (!isGlob(pattern)) {
      throw Failure.of(FailureKind.NOT_FOUND, "no such file").at(pattern);
    }
    List<Path> found = new ArrayList<>();
    Path root = path.getRoot();
    collect(root == null ? Path.of("") : root, path, 0, found);
    if (found.isEmpty()) {
      throw Failure.of(FailureKind.NOT_FOUND, "no file matches").at(pattern);
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }

  private static Failure isDirectory(String place, Path path) {
    return Failure.of(FailureKind.INPUT, "the input is a directory")
        .at(place)
        .hint("name its files, for example " + path.resolve("*.csv"));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw Failure.of(FailureKind.USAGE, "not a path: %s", text).causedBy(e);
    }
  }

  private static boolean isGlob(String text) {
    return text.matches(".*[*?\\[{].*");
  }

  private static void collect(Path directory, Path pattern, int segment, List<Path> found) {
    if (segment == pattern.getNameCount()) {
      return;
    }
    String name = pattern.getName(segment).toString();
    boolean last = segment == pattern.getNameCount() - 1;
    if (!isGlob(name)) {
      add(directory.resolve(name), pattern, segment, last, found);
      return;
    }
    boolean anyDepth = name.equals(ANY_DEPTH);
    if (anyDepth) {
      collect(directory, pattern, segment + 1, found);
    }
    for (Path entry : entries(directory, name)) {
      if (anyDepth && !last) {
        if (Files.isDirectory(entry)) {
          collect(entry, pattern, segment, found);
        }
      } else if (!anyDepth || !Files.isDirectory(entry)) {
        add(entry, pattern, segment, last, found);
      }
    }
  }

  private static void add(Path entry, Path pattern, int segment, boolean last, List<Path> found) {
    if (last) {
      if (Files.isDirectory(entry)) {
        throw isDirectory(entry.toString(), entry);
      } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
        found.add(entry); // a link to nowhere, too: whoever reads it says so
      }
    } else if (Files.isDirectory(entry)) {
      collect(entry, pattern, segment + 1, found);
    }
  }

  private static List<Path> entries(Path directory, String glob) {
    PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        Path name = entry.getFileName();
        boolean hidden = name.toString().startsWith(".") && !glob.startsWith(".");
        if (!hidden && matcher.matches(name)) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw IoFailure.reading(directory.toString(), e);
    }
    return entries;
  }
}
